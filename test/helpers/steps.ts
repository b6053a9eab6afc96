import { idOf } from './memory.ts';

/* Events of a small conversation, one a second, as the SDK writes them. */

const base = (index: number, timestamp = `2026-09-01T10:00:${String(index).padStart(2, '0')}`) => ({
  id: idOf(index),
  timestamp,
});

export const prompt = (index: number, timestamp?: string) => ({
  ...base(index, timestamp),
  source: 'agent',
  system_prompt: { type: 'text', text: 's' },
  tools: [],
  kind: 'SystemPromptEvent',
});

export const message = (index: number, timestamp?: string) => ({
  ...base(index, timestamp),
  source: 'user',
  llm_message: { role: 'user', content: [{ type: 'text', text: 'go' }] },
  kind: 'MessageEvent',
});

/** A call in a response `r<index>`. */
export const call = (index: number, timestamp?: string) => ({
  ...base(index, timestamp),
  source: 'agent',
  thought: [],
  tool_name: 'terminal',
  tool_call_id: `c${index}`,
  tool_call: { id: `c${index}`, name: 'terminal', arguments: '{}', origin: 'completion' },
  llm_response_id: `r${index}`,
  action: { command: `echo ${index}`, kind: 'TerminalAction' },
  kind: 'ActionEvent',
});

/** The answer to the call before it. */
export const result = (index: number, timestamp?: string) => ({
  ...base(index, timestamp),
  source: 'environment',
  tool_name: 'terminal',
  tool_call_id: `c${index - 1}`,
  action_id: idOf(index - 1),
  observation: { content: [], exit_code: 0, kind: 'TerminalObservation' },
  kind: 'ObservationEvent',
});

export const update = (index: number, key: string, value: unknown, timestamp?: string) => ({
  ...base(index, timestamp),
  source: 'environment',
  key,
  value,
  kind: 'ConversationStateUpdateEvent',
});

interface UsageFields {
  cost?: number;
  tokens?: number;
  /** Responses that are listed, each with an equal part of the tokens. */
  listed?: readonly string[];
  costs?: number;
}

/** `stats` with the usage of the agent's model. */
export function stats({ cost = 0, tokens = 120, listed = [], costs = 0 }: UsageFields): object {
  const usages = listed.map((response_id) => ({
    response_id,
    prompt_tokens: tokens / listed.length,
    completion_tokens: 0,
  }));
  const agent = {
    model_name: 'm',
    accumulated_cost: cost,
    accumulated_token_usage: { prompt_tokens: tokens, completion_tokens: 0 },
    token_usages: usages,
    response_latencies: [],
    costs: Array.from({ length: costs }, () => ({ cost: cost / costs })),
  };
  return { usage_to_metrics: { agent } };
}

/** A system prompt, a message, and so many calls with answers. */
export const work = (calls: number): object[] => [
  prompt(0),
  message(1),
  ...Array.from({ length: calls }, (_, at) => [call(2 + 2 * at), result(3 + 2 * at)]).flat(),
];
