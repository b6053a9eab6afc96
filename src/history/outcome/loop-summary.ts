import type { Call } from '../calls.ts';
import type { Loop } from '../loops.ts';

/** A loop, with the calls that it consists of. */
export interface LoopSummary {
  readonly loop: Loop;
  /** The calls of its first round. */
  readonly round: readonly Call[];
  /** Indices of its first and its last call. */
  readonly from: number;
  readonly to: number;
}

/** The loops among calls, in order. @param calls in index order */
export function loopsAmong(calls: readonly Call[]): LoopSummary[] {
  const byLoop = new Map<Loop, Call[]>();
  for (const call of calls) {
    if (!call.loop) continue;
    const members = byLoop.get(call.loop);
    if (members) members.push(call);
    else byLoop.set(call.loop, [call]);
  }
  return [...byLoop].map(([loop, members]) => ({
    loop,
    round: members.slice(0, loop.period),
    from: members[0]?.action.slot.index ?? 0,
    to: members.at(-1)?.action.slot.index ?? 0,
  }));
}
