import { type JsonObject, type JsonValue, own, ownString } from '../../text/json-value.ts';
import type { LoadedEvent } from '../event.ts';
import type { FactName, FactSource, Facts, FactValues } from './facts.ts';

/** Kinds whose events can give facts. */
const STATING_KINDS = new Set(['ConversationStateUpdateEvent', 'LLMCompletionLogEvent']);

/** Whether an event of this kind can give facts. */
export const canStateFacts = (kind: string) => STATING_KINDS.has(kind);

/** Usage ids of the agent's own model. */
const AGENT_USAGE_IDS = ['agent', 'default'];

type Values = { readonly [Name in FactName]?: FactValues[Name] | undefined };

/**
 * The facts that an event gives: a state update sets one field of the state, or (`full_state`) all; a log of a
 * completion names the model. Source: openhands-sdk event/conversation_state.py and event/llm_completion_log.py.
 */
export function factsStatedBy({ slot, value, entry }: LoadedEvent): Facts {
  if (!canStateFacts(entry.kind)) return {};
  if (entry.kind === 'LLMCompletionLogEvent') {
    const usage = ownString(value, 'usage_id');
    const isAgents = usage === undefined || AGENT_USAGE_IDS.includes(usage);
    const model = ownString(value, 'model_name');
    return withSource({ model: isAgents ? model : undefined }, { kind: 'event', slot });
  }
  const key = ownString(value, 'key') ?? '';
  const fields = own(value, 'value');
  return withSource(stateFacts(key === 'full_state' ? fields : { [key]: fields ?? null }), {
    kind: 'event',
    slot,
  });
}

/** The facts in the fields of a state: base_state.json, or those of a state update. */
export function stateFacts(fields: JsonValue | undefined): Values {
  const stats = own(fields, 'stats');
  const iterations = own(fields, 'max_iterations');
  return {
    // The name in 2025 was `agent_status`.
    status: ownString(fields, 'execution_status') ?? ownString(fields, 'agent_status'),
    model: ownString(own(own(fields, 'agent'), 'llm'), 'model') ?? modelIn(stats),
    title: nonBlank(ownString(fields, 'title')),
    stats: typeof stats === 'object' && stats !== null ? stats : undefined,
    workspace: ownString(own(fields, 'workspace'), 'working_dir'),
    leaf: ownString(fields, 'leaf_event_id'),
    maxIterations: typeof iterations === 'number' ? iterations : undefined,
  };
}

/** The metrics of each usage id in a record of usage. Source: openhands-sdk conversation/conversation_stats.py. */
export function metricsByUsageId(stats: JsonValue | undefined): JsonObject {
  const metrics = own(stats, 'usage_to_metrics') ?? own(stats, 'service_to_metrics'); // the name in 2025
  return typeof metrics === 'object' && metrics !== null && !Array.isArray(metrics) ? metrics : {};
}

/** The model that the agent used, according to its usage. */
function modelIn(stats: JsonValue | undefined): string | undefined {
  const usages = metricsByUsageId(stats);
  for (const id of AGENT_USAGE_IDS) {
    const name = ownString(own(usages, id), 'model_name');
    if (nonBlank(name)) return name;
  }
  return undefined;
}

function nonBlank(text: string | undefined): string | undefined {
  return text?.trim() ? text : undefined;
}

/** Gives the values that are known one source. */
export function withSource(values: Values, source: FactSource): Facts {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, { value, source }])) as Facts;
}
