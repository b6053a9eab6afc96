import type { Usage } from '../usage.ts';

/**
 * A conversation's state contains the usage of its subagents once more: when a subagent ends, or hands back to its
 * parent, the SDK copies its usage into the parent's stats. So a sum over both would count it twice. The copy does not
 * name the subagent's conversation. Source: openhands-tools task/manager.py and delegate/impl.py.
 */
const COPIED_USAGE_ID = /^(?:task|delegate):/;

/** Whether a usage is the copy of a subagent's usage. */
function isCopied({ id }: Pick<Usage, 'id'>): boolean {
  return COPIED_USAGE_ID.test(id);
}

/** What a subagent's own state records, its own subagents' copies included. Undefined if it is not known. */
export type RecordedUsages = readonly Usage[] | undefined;

/** A conversation of a tree. Each parent comes before its subagents. */
export interface TreeUsages {
  /** 0 for the outermost conversation, 1 for its subagents, and so on. */
  readonly depth: number;
  readonly usages: RecordedUsages;
}

/** The copies in all states of a tree. */
export interface TreeCopies {
  /** Copies to add to the sum of what the conversations used themselves: nothing else records it. */
  readonly needed: readonly Usage[];
  /** The needed ones that the outermost conversation records, of subagents that are not stored any more. */
  readonly gone: readonly Usage[];
  /** What the outermost conversation records of stored subagents. */
  readonly counted: readonly Usage[];
  /** The sum is exact: all usages are known, and each copy is equal to what it is a copy of. */
  readonly isExact: boolean;
}

/** Finds out which copies a sum over a conversation and its subagents needs. */
export function copiesIn(tree: readonly TreeUsages[]): TreeCopies {
  const children = childrenIn(tree);
  const needed: Usage[] = [];
  let [gone, counted]: Usage[][] = [[], []];
  let isExact = tree.every(({ usages }) => usages !== undefined);
  for (const [at, { usages }] of tree.entries()) {
    const recorded = (children[at] ?? []).map((child) => child.usages);
    const { copies, rest, isExact: areEqual } = assignCopies(usages ?? [], recorded);
    const lost = copies.flatMap((copy, of) => (copy && !recorded[of] ? copy : []));
    for (const copy of [...rest, ...lost]) needed.push(copy);
    isExact &&= areEqual;
    if (at === 0) [gone, counted] = [[...rest], copies.flatMap((copy) => copy ?? [])];
  }
  return { needed, gone: gone ?? [], counted: counted ?? [], isExact };
}

/** The direct subagents of each conversation. */
function childrenIn(tree: readonly TreeUsages[]): TreeUsages[][] {
  const children: TreeUsages[][] = tree.map(() => []);
  /** The positions on the way to the conversation. */
  const way: number[] = [];
  for (const [at, member] of tree.entries()) {
    way.splice(member.depth);
    const parent = way.at(-1);
    if (parent !== undefined) children[parent]?.push(member);
    way.push(at);
  }
  return children;
}

/** What a conversation used itself: its usages without the copies. */
export function ownUsages(usages: RecordedUsages): RecordedUsages {
  return usages?.filter((usage) => !isCopied(usage));
}

/** In US dollars. */
export function sumOfCosts(usages: readonly Usage[]): number {
  return usages.reduce((sum, { cost }) => sum + cost, 0);
}

/** How the copies in a conversation's state belong to its direct subagents. */
interface CopiedUsages {
  /** For each subagent, in order: its copy; undefined if it has none. */
  readonly copies: readonly (Usage | undefined)[];
  /** Copies of subagents that are not stored any more. */
  readonly rest: readonly Usage[];
  /** Every copy is equal to the usage of its subagent, so there is no doubt which one it belongs to. */
  readonly isExact: boolean;
}

/**
 * Finds out which copies belong to which subagents: those that are equal, first. The others are older than what the
 * subagents record now, or the record of the subagent is lost.
 */
function assignCopies(
  usages: readonly Usage[],
  subagents: readonly RecordedUsages[],
): CopiedUsages {
  const left = usages.filter(isCopied).sort((a, b) => b.cost - a.cost);
  const copies: (Usage | undefined)[] = subagents.map((recorded) => {
    const at = recorded ? left.findIndex((copy) => isCopyOf(copy, recorded)) : -1;
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  let isExact = true;
  for (const [at, copy] of copies.entries()) {
    const next = copy ? undefined : left.shift();
    if (!next) continue;
    copies[at] = next;
    isExact = false;
  }
  return { copies, rest: left, isExact };
}

/** Sums of the same costs in another order can differ in the last digits. */
const MAX_COST_DIFFERENCE = 1e-9;

function isCopyOf(copy: Usage, recorded: readonly Usage[]): boolean {
  const sum = (of: (usage: Usage) => number) =>
    recorded.reduce((total, usage) => total + of(usage), 0);
  return (
    Math.abs(sum(({ cost }) => cost) - copy.cost) <= MAX_COST_DIFFERENCE * Math.max(1, copy.cost) &&
    sum(({ tokens }) => tokens.prompt) === copy.tokens.prompt &&
    sum(({ tokens }) => tokens.completion) === copy.tokens.completion
  );
}
