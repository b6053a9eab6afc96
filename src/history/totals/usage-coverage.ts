import { type Coverage, coverageOf } from '../../domain/facts/coverage.ts';
import type { Fact } from '../../domain/facts/facts.ts';
import type { JsonValue } from '../../text/json-value.ts';
import type { Usage } from '../usage.ts';

/** For how many responses of the model the usage is known. */
export interface UsageCoverage {
  /** Responses whose tokens are in the totals. */
  readonly tokens: Coverage;
  /** Responses whose cost is in the totals. Without a price for the model, the SDK counts no cost. */
  readonly cost: Coverage;
}

/**
 * Whether a total is a cost. A total of 0 is not known to be one if no response has a price.
 *
 * @param total in US dollars; undefined without any usage
 */
export function isCostKnown(total: number | undefined, { known, of }: Coverage): boolean {
  return total !== undefined && (total > 0 || known !== 0 || of === 0);
}

/**
 * Compares the usage with the responses that the events come from.
 *
 * @param responses id of a response → index of its first event
 * @param stats what the usage is from
 */
export function usageCoverageOf(
  responses: ReadonlyMap<string, number>,
  usages: readonly Usage[],
  stats: Fact<JsonValue> | undefined,
): UsageCoverage {
  const listed = new Set(usages.flatMap(({ steps }) => steps.map(({ responseId }) => responseId)));
  const unpriced = new Set(usages.flatMap(unpricedResponses));
  const known = [...responses.keys()].filter((id) => listed.has(id));
  const isUnlisted = usages.some(hasUnlisted);
  if (known.length === 0 && isUnlisted) {
    // A total that names no response. It can't contain those that came after it.
    const written = stats?.source.kind === 'event' ? stats.source.slot.index : undefined;
    const isLacking = [...responses.values()].some((index) => index > (written ?? index));
    const coverage: Coverage = {
      unit: 'responses',
      known: undefined,
      of: responses.size,
      isComplete: isLacking ? false : undefined,
    };
    return { tokens: coverage, cost: hasCost(usages) ? coverage : none(responses) };
  }
  const priced = known.filter((id) => !unpriced.has(id));
  return {
    tokens: coverageOf('responses', known.length, responses.size),
    cost: coverageOf('responses', priced.length, responses.size),
  };
}

const none = (responses: ReadonlyMap<string, number>) => coverageOf('responses', 0, responses.size);

const hasCost = (usages: readonly Usage[]) => usages.some(({ cost }) => cost > 0);

/** Whether the totals of a usage id contain more than its responses together. */
function hasUnlisted({ tokens, steps, cost }: Usage): boolean {
  if (steps.length === 0 && cost > 0) return true;
  const sum = (of: 'prompt' | 'completion') =>
    steps.reduce((total, step) => total + (step.tokens?.[of] ?? 0), 0);
  return tokens.prompt > sum('prompt') || tokens.completion > sum('completion');
}

/** The responses of a usage id that no cost was counted for, although they used tokens. */
function unpricedResponses({ cost, steps, pricedSteps }: Usage): string[] {
  const used = steps.filter(({ tokens }) => (tokens?.prompt ?? 0) + (tokens?.completion ?? 0) > 0);
  if (cost === 0) return used.map(({ responseId }) => responseId);
  // Costs do not name their responses, so the last ones stand for those without a cost.
  if (pricedSteps === 0 || pricedSteps >= steps.length) return [];
  return used.slice(pricedSteps).map(({ responseId }) => responseId);
}
