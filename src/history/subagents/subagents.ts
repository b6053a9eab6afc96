import { copiesIn, ownUsages, type RecordedUsages, sumOfCosts } from './copied-usage.ts';

/** A conversation that is stored inside another one. */
export interface Subagent {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Its folder, relative to that of the outermost conversation: `subagents/5ab0…`. */
  readonly way: string;
  /** Id of the conversation that directly contains it. */
  readonly parent: string;
  /** 1 for a subagent of the outermost conversation, 2 for a subagent of that subagent, and so on. */
  readonly depth: number;
  /** How many event files it has; undefined if it can't be opened. */
  readonly events: number | undefined;
  /** Undefined if it is not known. */
  readonly status: string | undefined;
  /** What its state records. */
  readonly usages: RecordedUsages;
  /** Why it can't be opened, or why its state can't be read. */
  readonly problem: string | undefined;
}

/** The subagents of one conversation. */
export interface Subagents {
  /** Each parent comes before its subagents. */
  readonly items: readonly Subagent[];
  readonly events: number;
  readonly cost: SubagentCost;
}

/** What all subagents cost, in US dollars. Each cost is counted once, although parents keep copies. */
export interface SubagentCost {
  /** Undefined if it is known for none of them. */
  readonly total: number | undefined;
  /** The part that the outermost conversation's own state contains, so that its cost includes it. */
  readonly counted: number;
  /** It is at least this much: the cost of some subagents is not known, or was copied before they ended. */
  readonly isAtLeast: boolean;
  /** How many subagents have no known cost. */
  readonly unknown: number;
}

/** Sums up the subagents of a conversation. @param usages what the outermost conversation's state records */
export function summarize(items: readonly Subagent[], usages: RecordedUsages): Subagents {
  return {
    items,
    events: items.reduce((sum, { events }) => sum + (events ?? 0), 0),
    cost: costOf(items, usages),
  };
}

function costOf(items: readonly Subagent[], usages: RecordedUsages): SubagentCost {
  const unknown = items.filter((item) => item.usages === undefined).length;
  const { needed, gone, counted, isExact } = copiesIn([
    { depth: 0, usages: usages ?? [] },
    ...items,
  ]);
  const own = items.flatMap((item) => ownUsages(item.usages) ?? []);
  const isKnown = unknown < items.length || counted.length > 0;
  return {
    total: isKnown ? sumOfCosts(own) + sumOfCosts(needed) - sumOfCosts(gone) : undefined,
    counted: sumOfCosts(counted),
    isAtLeast: !isExact,
    unknown,
  };
}
