import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from './cli.ts';
import { makeConversation, messageEvent, writeState } from './conversation.ts';
import { idOf, stampAt } from './memory.ts';

/** Ids of conversations that are easy to tell apart. */
export const PARENT = 'aaaa0000000040008000000000000001';
export const CHILD = '5ab00000000040008000000000000002';
export const GRANDCHILD = '7cd00000000040008000000000000003';

/** Usage under a usage id, as base_state.json records it. */
export type Costs = Readonly<Record<string, number>>;

/** A state that records these costs in US dollars, and 100 prompt tokens and 10 completion tokens for each dollar. */
export function stateWith(costs: Costs, status = 'finished'): object {
  const usages = Object.entries(costs).map(([id, cost]) => [
    id,
    {
      model_name: 'm',
      accumulated_cost: cost,
      accumulated_token_usage: {
        prompt_tokens: Math.round(100 * cost),
        completion_tokens: Math.round(10 * cost),
      },
    },
  ]);
  return {
    execution_status: status,
    stats: { usage_to_metrics: Object.fromEntries(usages) },
  };
}

/** A conversation with so many messages, or these events, and with these costs. */
export function makePriced(
  events: number | readonly object[],
  costs: Costs,
  id = PARENT,
  root?: string,
): string {
  const path = makeConversation(events, id, root);
  writeState(path, stateWith(costs));
  return path;
}

/** A subagent of a conversation, in the same way. */
export function addSubagent(
  parent: string,
  events: number | readonly object[],
  costs: Costs,
  id = CHILD,
): string {
  return makePriced(events, costs, id, join(parent, 'subagents'));
}

/** A parent with 3 events and $0.05, its subagent with 4 events and $7.25. One event of it contains `frobnicator`. */
export function makeFamily(root?: string): { parent: string; child: string } {
  const parent = makePriced(3, { agent: 0.05 }, PARENT, root);
  const events = [0, 1, 3].map((index) => messageEvent(index));
  events.splice(2, 0, messageEvent(2, 'run the frobnicator'));
  return { parent, child: addSubagent(parent, events, { agent: 7.25 }) };
}

/** The answer of a command in JSON. */
export const json = async (...args: string[]) =>
  JSON.parse((await cli([...args, '--json'])).stdout);

/** A subagent that can't be opened: its events are outside the conversation. */
export function addBroken(parent: string, id = GRANDCHILD): void {
  const broken = addSubagent(parent, 0, {}, id);
  rmSync(join(broken, 'events'), { recursive: true });
  symlinkSync('/etc', join(broken, 'events'));
}

/** A call of a delegating tool, and its answer. */
export function delegation(index: number, action: object, observation: object): object[] {
  const common = { tool_name: 'task', tool_call_id: `c${index}` };
  return [
    {
      ...{ id: idOf(index), timestamp: stampAt(index * 1e6), source: 'agent', ...common },
      tool_call: { id: `c${index}`, name: 'task', arguments: '{}', origin: 'completion' },
      llm_response_id: `r${index}`,
      action: { prompt: 'x', kind: 'TaskAction', ...action },
      kind: 'ActionEvent',
    },
    {
      ...{ id: idOf(index + 1), timestamp: stampAt((index + 1) * 1e6), source: 'environment' },
      ...{ ...common, action_id: idOf(index) },
      observation: { content: [], kind: 'TaskObservation', ...observation },
      kind: 'ObservationEvent',
    },
  ];
}

/** An id with dashes. */
export function dashed(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
