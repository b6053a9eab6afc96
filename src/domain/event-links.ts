import { own, ownString } from '../text/json-value.ts';
import type { LoadedEvent } from './event.ts';
import { answersAction, isKnownKind } from './event-kinds.ts';
import type { Slot } from './slot.ts';

/** How an event refers to others. A field that the event does not have is undefined. */
export interface EventLinks {
  /** Class name. */
  readonly kind: string;
  readonly parentId: string | undefined;
  /** For an answer: the action that it answers. */
  readonly actionId: string | undefined;
  readonly toolCallId: string | undefined;
  /** The event is an ActionEvent with an `action`, so its call could be executed. */
  readonly hasAction: boolean;
  /** For a condensation: the ids of the events that it forgot. */
  readonly forgotten: readonly string[];
}

export function linksOf({ value, entry: { kind } }: LoadedEvent): EventLinks {
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

interface LinkedEvent {
  readonly slot: Slot;
  /** Undefined if the event can't be read. */
  readonly fields?: EventLinks | undefined;
}

/** Whether an event answers an action, by its `action_id`. */
export function isAnswer({ kind }: EventLinks): boolean {
  return answersAction(kind);
}

/** Whether an event names an action, and its kind is not known here. Then it can be the action's answer. */
export function canBeAnswer({ kind, actionId }: EventLinks): boolean {
  return actionId !== undefined && !isKnownKind(kind);
}

/**
 * The executable actions that have no answer: no event answers the action's id, and no error answers its tool call.
 * Source: openhands-sdk conversation/state.py, `get_unmatched_actions`.
 */
export function unansweredActions<E extends LinkedEvent>(events: readonly E[]): E[] {
  const ids = new Set<string>();
  const calls = new Set<string>();
  for (const { fields } of events) {
    if (fields && isAnswer(fields) && fields.actionId !== undefined) ids.add(fields.actionId);
    if (fields?.kind === 'AgentErrorEvent' && fields.toolCallId !== undefined)
      calls.add(fields.toolCallId);
  }
  return events.filter(
    ({ slot, fields }) =>
      fields?.hasAction &&
      !ids.has(slot.id) &&
      !(fields.toolCallId && calls.has(fields.toolCallId)),
  );
}

/**
 * Pairs each answer with the action that it answers. Models repeat ids of tool calls, so an error, which contains no
 * other id, belongs to the last action before it with the same tool call.
 *
 * @returns answer → action
 */
export function pairAnswers<E extends LinkedEvent>(events: readonly E[]): Map<E, E> {
  const byId = new Map<string, E>();
  const byCall = new Map<string, E>();
  const pairs = new Map<E, E>();
  for (const event of events) {
    const { slot, fields } = event;
    if (fields?.kind !== 'ActionEvent') continue;
    if (!byId.has(slot.id)) byId.set(slot.id, event);
  }
  for (const event of events) {
    const { fields } = event;
    if (!fields) continue;
    if (fields.kind === 'ActionEvent' && fields.toolCallId) byCall.set(fields.toolCallId, event);
    const isError = fields.kind === 'AgentErrorEvent';
    const action = isAnswer(fields)
      ? byId.get(fields.actionId ?? '')
      : isError && byCall.get(fields.toolCallId ?? '');
    if (action) pairs.set(event, action);
  }
  return pairs;
}
