import type { Slot } from '../../domain/slot.ts';
import type { CountResult } from '../../query/count.ts';
import { renderJson } from '../json.ts';
import { skippedJson } from '../skipped.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

export interface CountReport extends CountResult {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly by?: string;
  /** Where a branch was asked for: how many of the events are off it, and forgotten. */
  readonly marked?: { readonly offBranch: number; readonly forgotten: number };
  readonly reachable: number;
  fileOf(slot: Slot): string;
}

type RenderCount = (report: CountReport, style: Style) => string | Promise<string>;

const label = (key: string | null) => (key === null ? '(none)' : safeText(key));

const REPORTERS = {
  text({ count, groups }) {
    if (!groups) return `${count}\n`;
    const width = String(groups[0]?.count ?? 0).length;
    return groups
      .map((group) => `${String(group.count).padStart(width)} ${label(group.key)}\n`)
      .join('');
  },
  async table({ count, groups, by }, style) {
    const { renderTable } = await import('../text/table.ts');
    const rows = groups?.map((group) => [String(group.count), label(group.key)]);
    return renderTable(by ? ['count', by] : ['count'], rows ?? [[String(count)]], style);
  },
  json({ conversation, count, groups, marked, reachable, scanned, skipped, fileOf }, style) {
    const document = {
      format_version: 1,
      conversation,
      count,
      ...(groups && { groups }),
      ...(marked && { off_branch: marked.offBranch, forgotten: marked.forgotten }),
      reachable,
      scanned,
      complete: true, // a count never stops early
      skipped: skipped.map((fault) => skippedJson(fault, fileOf)),
    };
    return renderJson(document, style);
  },
  ndjson({ count, groups }, style) {
    return (groups ?? [{ count }]).map((line) => renderJson(line, style)).join('');
  },
} satisfies Record<string, RenderCount>;

export type CountFormat = keyof typeof REPORTERS;
export const COUNT_FORMATS = Object.keys(REPORTERS) as CountFormat[];

/** A count, or a line a group, in a format. */
export async function renderCount(
  format: CountFormat,
  report: CountReport,
  style: Style,
): Promise<string> {
  return REPORTERS[format](report, style);
}
