import type { Checked, Told } from './subject.ts';

/** Whether an event answers an action, by its `action_id`. */
export function isAnswer({ kind }: Told): boolean {
  return kind === 'ObservationEvent' || kind === 'UserRejectObservation';
}

/**
 * Actions that could be executed and have no answer: neither one with their id, nor an error with
 * their tool call. Source: openhands-sdk conversation/state.py, `get_unmatched_actions`.
 */
export function unanswered(events: readonly Checked[]): Checked[] {
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
 * Lowest and highest index whose event is not known, because it can't be read or is missing. What seems
 * to lack a partner there may have had one: the loss is the finding, not what follows from it.
 */
export function unknownRange(events: readonly Checked[]): { first: number; last: number } {
  let [first, last, expected] = [Number.POSITIVE_INFINITY, -1, 0];
  for (const { slot, fault } of events) {
    if (slot.index > expected) [first, last] = [Math.min(first, expected), slot.index - 1];
    if (fault) [first, last] = [Math.min(first, slot.index), slot.index];
    expected = slot.index + 1;
  }
  return { first, last };
}
