import type { CheckedEvent } from './rule-context.ts';

/**
 * Lowest and highest index whose event is not known, because it can't be read or is missing. What seems
 * to lack a partner there may have had one: the loss is the finding, not what follows from it.
 */
export function unknownRange(events: readonly CheckedEvent[]): { first: number; last: number } {
  let [first, last, expected] = [Number.POSITIVE_INFINITY, -1, 0];
  for (const { slot, fault } of events) {
    if (slot.index > expected) [first, last] = [Math.min(first, expected), slot.index - 1];
    if (fault) [first, last] = [Math.min(first, slot.index), slot.index];
    expected = slot.index + 1;
  }
  return { first, last };
}
