import type { Fact } from '../domain/facts/facts.ts';
import { metricsByUsageId } from '../domain/facts/stated-facts.ts';
import { type JsonValue, own, ownString } from '../text/json-value.ts';

/** Tokens of model responses, as the SDK counts them. */
export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
  /** Tokens of the prompt that were read from the provider's cache, and that were written to it. */
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}

/** The use of a model under one usage id: `agent`, `condenser` … */
export interface Usage {
  readonly id: string;
  readonly model: string;
  readonly tokens: Tokens;
  /** Whether the tokens are stored. If not, they are all 0 here. */
  readonly hasTokens: boolean;
  /** In US dollars. */
  readonly cost: number;
  /** Time spent waiting for responses, in s; undefined if no response has a latency. */
  readonly latency: number | undefined;
  readonly steps: readonly ResponseUsage[];
  /** How many costs are listed. A response without a price has none. */
  readonly pricedSteps: number;
}

/** One response of a model. */
export interface ResponseUsage {
  readonly responseId: string;
  readonly tokens: Tokens | undefined;
  /** In s. */
  readonly latency: number | undefined;
  /** In US dollars; undefined if costs can't be assigned to responses. */
  readonly cost: number | undefined;
}

/**
 * Tokens, cost and latency by usage id. Source: openhands-sdk llm/utils/metrics.py and
 * conversation/conversation_stats.py.
 *
 * @param fact `stats` in base_state.json, or in an event
 */
export function usageOf(fact: Fact<JsonValue> | undefined): Usage[] {
  const metrics = metricsByUsageId(fact?.value);
  return Object.entries(metrics).map(([id, ofId]) => usageAs(id, ofId));
}

function usageAs(id: string, metrics: JsonValue | undefined): Usage {
  const latencies = listAt(metrics, 'response_latencies');
  const seconds = latencies.flatMap((one) => numberAt(one, 'latency') ?? []);
  return {
    id,
    model: ownString(metrics, 'model_name') ?? '',
    tokens: tokensOf(own(metrics, 'accumulated_token_usage')),
    hasTokens: (own(metrics, 'accumulated_token_usage') ?? null) !== null,
    cost: numberAt(metrics, 'accumulated_cost') ?? 0,
    latency: seconds.length > 0 ? seconds.reduce((sum, latency) => sum + latency, 0) : undefined,
    steps: stepsOf(metrics, latencies),
    pricedSteps: listAt(metrics, 'costs').length,
  };
}

function stepsOf(metrics: JsonValue | undefined, latencies: readonly JsonValue[]): ResponseUsage[] {
  const usages = listAt(metrics, 'token_usages');
  const costs = listAt(metrics, 'costs');
  // A cost does not name its response. Responses without a price have no cost, so costs can be assigned to responses
  // only if there are as many of both.
  const hasCosts = costs.length === usages.length;
  const latencyOf = new Map(
    latencies.map((one) => [ownString(one, 'response_id'), numberAt(one, 'latency')]),
  );
  return usages.map((usage, at) => {
    const responseId = ownString(usage, 'response_id') ?? '';
    return {
      responseId,
      tokens: tokensOf(usage),
      latency: latencyOf.get(responseId),
      cost: hasCosts ? numberAt(costs[at], 'cost') : undefined,
    };
  });
}

function tokensOf(usage: JsonValue | undefined): Tokens {
  const count = (key: string) => {
    const number = numberAt(usage, key) ?? 0;
    return Number.isSafeInteger(number) ? number : 0;
  };
  return {
    prompt: count('prompt_tokens'),
    completion: count('completion_tokens'),
    cacheRead: count('cache_read_tokens'),
    cacheWrite: count('cache_write_tokens'),
    reasoning: count('reasoning_tokens'),
  };
}

/** Larger numbers in a state are ignored: no real count, cost or latency is that large. */
const MAX_PLAUSIBLE_NUMBER = 1e12;

function listAt(value: JsonValue | undefined, key: string): JsonValue[] {
  const list = own(value, key);
  return Array.isArray(list) ? list : [];
}

function numberAt(value: JsonValue | undefined, key: string): number | undefined {
  const number = own(value, key);
  return typeof number === 'number' && number >= 0 && number < MAX_PLAUSIBLE_NUMBER
    ? number
    : undefined;
}

/** Sums over usage ids. Undefined if no usage is known. */
export function sumUsage(
  usages: readonly Usage[],
  of: (usage: Usage) => number,
): number | undefined {
  if (usages.length === 0) return undefined;
  return usages.reduce((total, usage) => total + of(usage), 0);
}

/** All responses of a conversation, by response id. */
export function usageByResponse(usages: readonly Usage[]): Map<string, ResponseUsage> {
  return new Map(usages.flatMap(({ steps }) => steps.map((step) => [step.responseId, step])));
}
