import type { Call } from '../calls.ts';

/** How much of a conversation's work was in loops. */
export interface LoopTotals {
  readonly loops: number;
  /** Calls that are part of a loop. */
  readonly calls: number;
  /** How many of these calls each tool has, most first. The name is empty for calls without a tool. */
  readonly tools: readonly { readonly tool: string; readonly calls: number }[];
}

/** @param calls all calls of a conversation */
export function loopTotalsOf(calls: readonly Call[]): LoopTotals {
  const inLoops = calls.filter(({ loop }) => loop !== undefined);
  const byTool = new Map<string, number>();
  for (const { subject } of inLoops) {
    const tool = subject.entry.tool ?? '';
    byTool.set(tool, (byTool.get(tool) ?? 0) + 1);
  }
  return {
    loops: new Set(inLoops.map(({ loop }) => loop)).size,
    calls: inLoops.length,
    tools: [...byTool]
      .map(([tool, count]) => ({ tool, calls: count }))
      .sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1)),
  };
}
