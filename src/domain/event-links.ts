import { type LoadedEvent, own, ownString } from './event.ts';
import type { Slot } from './slot.ts';

/** How an event stands to others, as far as it tells. Undefined is what it does not tell. */
export interface Relations {
  /** Class name. */
  readonly kind: string;
  readonly parentId: string | undefined;
  /** Of an answer: the action that it answers. */
  readonly actionId: string | undefined;
  readonly toolCallId: string | undefined;
  /** An ActionEvent whose call could be executed. */
  readonly hasAction: boolean;
  /** Of a condensation: ids of what it forgot. */
  readonly forgotten: readonly string[];
}

export function relationsOf({ value, entry: { kind } }: LoadedEvent): Relations {
  const forgotten = own(value, 'forgotten_event_ids');
  return {
    kind,
    parentId: ownString(value, 'parent_id'),
    actionId: ownString(value, 'action_id'),
    toolCallId: ownString(value, 'tool_call_id'),
    hasAction: kind === 'ActionEvent' && (own(value, 'action') ?? null) !== null,
    forgotten: Array.isArray(forgotten) ? forgotten.filter((id) => typeof id === 'string') : [],
  };
}

interface Related {
  readonly slot: Slot;
  /** Undefined where the event can't be read. */
  readonly told?: Relations | undefined;
}

/** Whether an event answers an action, by its `action_id`. */
export function isAnswer({ kind }: Relations): boolean {
  return kind === 'ObservationEvent' || kind === 'UserRejectObservation';
}

/**
 * Actions that could be executed and have no answer: neither one with their id, nor an error with
 * their tool call. Source: openhands-sdk conversation/state.py, `get_unmatched_actions`.
 */
export function unanswered<E extends Related>(events: readonly E[]): E[] {
  const ids = new Set<string>();
  const calls = new Set<string>();
  for (const { told } of events) {
    if (told && isAnswer(told) && told.actionId !== undefined) ids.add(told.actionId);
    if (told?.kind === 'AgentErrorEvent' && told.toolCallId !== undefined)
      calls.add(told.toolCallId);
  }
  return events.filter(
    ({ slot, told }) =>
      told?.hasAction && !ids.has(slot.id) && !(told.toolCallId && calls.has(told.toolCallId)),
  );
}

/**
 * Each answer with the action that it answers. Models repeat ids of tool calls, so that an error, which
 * tells nothing else, belongs to the last action before it that has its id.
 *
 * @returns answer → action
 */
export function pairAnswers<E extends Related>(events: readonly E[]): Map<E, E> {
  const byId = new Map<string, E>();
  const byCall = new Map<string, E>();
  const pairs = new Map<E, E>();
  for (const event of events) {
    const { slot, told } = event;
    if (told?.kind !== 'ActionEvent') continue;
    if (!byId.has(slot.id)) byId.set(slot.id, event);
  }
  for (const event of events) {
    const { told } = event;
    if (!told) continue;
    if (told.kind === 'ActionEvent' && told.toolCallId) byCall.set(told.toolCallId, event);
    const isError = told.kind === 'AgentErrorEvent';
    const action = isAnswer(told)
      ? byId.get(told.actionId ?? '')
      : isError && byCall.get(told.toolCallId ?? '');
    if (action) pairs.set(event, action);
  }
  return pairs;
}
