import type { z } from 'zod';
import type { LoopTotals } from '../../history/totals/loop-totals.ts';
import { pluralize } from '../../text/wording.ts';
import type { statsDocument } from '../schemas/stats.ts';
import { safeText } from '../text/terminal-safe.ts';

/** `2 loops with 11 of 45 calls: terminal 8, file_editor 3`. Empty if there are none. Safe to print. */
export function loopsLine(totals: LoopTotals, calls: number): string {
  if (totals.loops === 0) return '';
  const loops = pluralize(totals.loops, 'loop');
  return `${loops} with ${totals.calls} of ${pluralize(calls, 'call')}: ${toolsInLoops(totals)}`;
}

/** `terminal 8, file_editor 3`. Safe to print. */
export function toolsInLoops({ tools }: LoopTotals): string {
  return tools.map(({ tool, calls }) => `${safeText(tool || '(none)')} ${calls}`).join(', ');
}

export function loopsJson({
  loops,
  calls,
  tools,
}: LoopTotals): z.infer<typeof statsDocument>['loops'] {
  return { count: loops, calls, tools: tools.map((tool) => ({ ...tool })) };
}
