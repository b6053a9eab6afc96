import type { CheckedEvent } from './rule-context.ts';

/**
 * The range of indices within which events are lost: their files are missing or cannot be read. An
 * event that seems to lack a partner may have a lost one there. Rules about partners leave such events
 * out, because the loss itself has a finding.
 *
 * @returns the lowest and the highest such index; Infinity and −1 where no event is lost
 */
export function lostIndexRange(events: readonly CheckedEvent[]): { first: number; last: number } {
  let [first, last, expected] = [Number.POSITIVE_INFINITY, -1, 0];
  for (const { slot, fault } of events) {
    if (slot.index > expected) [first, last] = [Math.min(first, expected), slot.index - 1];
    if (fault) [first, last] = [Math.min(first, slot.index), slot.index];
    expected = slot.index + 1;
  }
  return { first, last };
}
