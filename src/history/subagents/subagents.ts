import type { Usage } from '../usage.ts';
import { assignCopies, isCopied, type RecordedUsages } from './copied-usage.ts';

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
  const { cost, counted, isExact } = nestedCost(usages, childrenOf(items));
  const isKnown = unknown < items.length || counted > 0;
  return { total: isKnown ? cost : undefined, counted, isAtLeast: !isExact, unknown };
}

interface CostNode {
  readonly usages: RecordedUsages;
  readonly children: readonly CostNode[];
}

interface NestedCost {
  readonly cost: number;
  /** The part of it that the usages contain. */
  readonly counted: number;
  readonly isExact: boolean;
}

/** What the subagents of a conversation cost, with all that are nested in them. */
function nestedCost(usages: RecordedUsages, children: readonly CostNode[]): NestedCost {
  const assigned = assignCopies(
    usages ?? [],
    children.map((child) => child.usages),
  );
  let [cost, counted, isExact] = [0, 0, assigned.isExact];
  for (const [at, child] of children.entries()) {
    const nested = nestedCost(child.usages, child.children);
    const own = sumOfCosts((child.usages ?? []).filter((usage) => !isCopied(usage)));
    const { rest } = assignCopies(
      child.usages ?? [],
      child.children.map(({ usages: recorded }) => recorded),
    );
    const copied = assigned.copies[at]?.cost ?? 0;
    // A copy can be older than what the subagent records, or all that is left of it.
    cost += Math.max(own + sumOfCosts(rest) + nested.cost, copied);
    counted += copied;
    isExact &&= nested.isExact && child.usages !== undefined;
  }
  return { cost, counted, isExact };
}

function sumOfCosts(usages: readonly Usage[]): number {
  return usages.reduce((sum, { cost }) => sum + cost, 0);
}

/** The direct subagents, each with its own. */
function childrenOf(items: readonly Subagent[]): CostNode[] {
  const outermost: CostNode[] = [];
  const path: { usages: RecordedUsages; children: CostNode[] }[] = [];
  for (const { depth, usages } of items) {
    const node = { usages, children: [] };
    path.splice(depth - 1);
    (path.at(-1)?.children ?? outermost).push(node);
    path.push(node);
  }
  return outermost;
}
