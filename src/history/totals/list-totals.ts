import { type Coverage, sumCoverages } from '../../domain/facts/coverage.ts';
import type { Ending } from '../outcome/outcome.ts';
import type { Overview } from '../overview.ts';
import { copiesIn, ownUsages } from '../subagents/copied-usage.ts';
import { sumUsage, type Usage } from '../usage.ts';
import type { UsageCoverage } from './usage-coverage.ts';

/** A conversation of a list. */
interface ListedFacts
  extends Pick<Overview, 'events' | 'errors' | 'faults' | 'usages' | 'usageCoverage'> {
  readonly ending: Ending;
  /** With subagents: 1 below a conversation of the list, 2 below that one, and so on. */
  readonly depth: number;
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
}

/** Adds up the conversations of a list. Each parent comes before its subagents, and no usage is counted twice. */
export function listTotalsOf(items: readonly ListedFacts[]): ListTotals {
  const sum = (of: (item: ListedFacts) => number) =>
    items.reduce((total, item) => total + of(item), 0);
  const usages = usagesOf(items);
  const covered = (of: keyof UsageCoverage): Coverage =>
    sumCoverages(
      'responses',
      items.map(({ usageCoverage }) => usageCoverage[of]),
    );
  const usageCoverage = { tokens: covered('tokens'), cost: covered('cost') };
  const isCostKnown = usageCoverage.cost.known !== 0 || usages.some(({ cost }) => cost > 0);
  return {
    conversations: items.length,
    events: sum(({ events }) => events),
    errors: sum(({ errors }) => errors),
    unreadable: sum(({ faults }) => faults.length),
    tokens: usages.some(({ hasTokens }) => hasTokens)
      ? sumUsage(usages, ({ tokens }) => tokens.prompt + tokens.completion)
      : undefined,
    cost: isCostKnown ? sumUsage(usages, ({ cost }) => cost) : undefined,
    usageCoverage,
    failed: items.filter(({ ending: { outcome } }) => outcome === 'error' || outcome === 'stuck')
      .length,
  };
}

/** With subagents in the list, the copies that their parents keep of their usage are left out. */
function usagesOf(items: readonly ListedFacts[]): readonly Usage[] {
  if (items.every(({ depth }) => depth === 0)) return items.flatMap(({ usages }) => usages);
  const tree = items.map(({ depth, usages }) => ({
    depth,
    usages: usages.length > 0 ? usages : undefined,
  }));
  return [...tree.flatMap(({ usages }) => ownUsages(usages) ?? []), ...copiesIn(tree).needed];
}
