import { type Coverage, sumCoverages } from '../../domain/facts/coverage.ts';
import { type Ending, OUTCOMES, type Outcome } from '../outcome/outcome.ts';
import type { Overview } from '../overview.ts';
import { copiesIn, ownUsages } from '../subagents/copied-usage.ts';
import { sumUsage, type Usage } from '../usage.ts';
import { isCostKnown, type UsageCoverage } from './usage-coverage.ts';

/** A conversation, where it is in a tree. */
interface PlacedUsages extends Pick<Overview, 'usages'> {
  readonly path: string;
  /** With subagents: 1 below a conversation of the list, 2 below that one, and so on. */
  readonly depth: number;
}

/** A conversation of a list. */
interface ListedFacts
  extends PlacedUsages,
    Pick<Overview, 'events' | 'errors' | 'faults' | 'usageCoverage'> {
  readonly ending: Ending;
}

/** What the conversations of a list add up to. */
export interface ListTotals {
  readonly conversations: number;
  readonly events: number;
  /** Events that report a failure. */
  readonly errors: number;
  /** Events that can't be read. */
  readonly unreadable: number;
  /** Tokens of prompts and of responses; undefined if they are known for none. */
  readonly tokens: number | undefined;
  /** In US dollars; undefined if it is known for none. */
  readonly cost: number | undefined;
  readonly usageCoverage: UsageCoverage;
  /** Conversations that ended in an error, or stuck. */
  readonly failed: number;
  /** How many conversations have each outcome. Outcomes of none are left out. */
  readonly outcomes: ReadonlyMap<Outcome, number>;
}

/**
 * Adds up the conversations of a list. No usage is counted twice.
 *
 * @param tree with subagents: all conversations, also those that are not in the list. Each parent comes before its subagents
 */
export function listTotalsOf(
  items: readonly ListedFacts[],
  tree: readonly PlacedUsages[],
): ListTotals {
  const sum = (of: (item: ListedFacts) => number) =>
    items.reduce((total, item) => total + of(item), 0);
  const usages = tree.length === 0 ? items.flatMap((item) => item.usages) : usagesIn(items, tree);
  const covered = (of: keyof UsageCoverage): Coverage =>
    sumCoverages(
      'responses',
      items.map(({ usageCoverage }) => usageCoverage[of]),
    );
  const usageCoverage = { tokens: covered('tokens'), cost: covered('cost') };
  const cost = sumUsage(usages, (usage) => usage.cost);
  const outcomes = countOutcomes(items);
  return {
    conversations: items.length,
    events: sum(({ events }) => events),
    errors: sum(({ errors }) => errors),
    unreadable: sum(({ faults }) => faults.length),
    tokens: usages.some(({ hasTokens }) => hasTokens)
      ? sumUsage(usages, ({ tokens }) => tokens.prompt + tokens.completion)
      : undefined,
    cost: isCostKnown(cost, usageCoverage.cost) ? cost : undefined,
    usageCoverage,
    failed: (outcomes.get('error') ?? 0) + (outcomes.get('stuck') ?? 0),
    outcomes,
  };
}

function countOutcomes(items: readonly ListedFacts[]): ReadonlyMap<Outcome, number> {
  const counts = OUTCOMES.map((outcome) => {
    const count = items.filter(({ ending }) => ending.outcome === outcome).length;
    return [outcome, count] as const;
  });
  return new Map(counts.filter(([, count]) => count > 0));
}

/** With subagents in the list, the copies that their parents keep of their usage are left out. */
function usagesIn(items: readonly ListedFacts[], all: readonly PlacedUsages[]): readonly Usage[] {
  const tree = listedPart(items, all).map(({ depth, usages }) => ({
    depth,
    usages: usages.length > 0 ? usages : undefined,
  }));
  return [...tree.flatMap(({ usages }) => ownUsages(usages) ?? []), ...copiesIn(tree).needed];
}

/**
 * The part of a tree that is in a list. A conversation between two listed ones belongs to it: the upper one records its
 * usage, and with it that of the lower one.
 */
function listedPart(
  items: readonly ListedFacts[],
  all: readonly PlacedUsages[],
): readonly PlacedUsages[] {
  const listed = new Set(items.map(({ path }) => path));
  const kept = new Map<PlacedUsages, number>();
  const way: PlacedUsages[] = [];
  for (const one of all) {
    way.splice(one.depth);
    way.push(one);
    if (!listed.has(one.path)) continue;
    const top = way.findIndex(({ path }) => listed.has(path));
    for (let at = way.length - 1; at >= top && !kept.has(way[at] as PlacedUsages); at--) {
      kept.set(way[at] as PlacedUsages, at - top);
    }
  }
  return all.flatMap((one) => {
    const depth = kept.get(one);
    return depth === undefined ? [] : { ...one, depth };
  });
}
