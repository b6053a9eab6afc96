import type { Usage } from '../usage.ts';

/**
 * A conversation's state contains the usage of its subagents once more: when a subagent ends, or hands back to its
 * parent, the SDK copies its usage into the parent's stats. So a sum over both would count it twice. The copy does not
 * name the subagent's conversation. Source: openhands-tools task/manager.py and delegate/impl.py.
 */
const COPIED_USAGE_ID = /^(?:task|delegate):/;

/** Whether a usage is the copy of a subagent's usage. */
export function isCopied({ id }: Pick<Usage, 'id'>): boolean {
  return COPIED_USAGE_ID.test(id);
}

/** What a subagent's own state records, its own subagents' copies included. Undefined if it is not known. */
export type RecordedUsages = readonly Usage[] | undefined;

/** How the copies in a conversation's state belong to its direct subagents. */
export interface CopiedUsages {
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
export function assignCopies(
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
