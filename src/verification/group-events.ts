import type { Slot } from '../domain/slot.ts';
import type { CheckedEvent } from './rule-context.ts';

/** The slots of events with the same key, by key, in the order in which the keys first appear. */
export type SlotsByKey<K> = Map<K, Slot[]>;

/** Groups events by a key. An event whose key is undefined is left out. */
export function groupByKey<K>(
  events: readonly CheckedEvent[],
  keyOf: (event: CheckedEvent) => K | undefined,
): SlotsByKey<K> {
  return groupByEachKey(events, (event) => {
    const key = keyOf(event);
    return key === undefined ? [] : [key];
  });
}

/** Groups events that can have several keys each: such an event is in several groups. */
export function groupByEachKey<K>(
  events: readonly CheckedEvent[],
  keysOf: (event: CheckedEvent) => Iterable<K>,
): SlotsByKey<K> {
  const groups: SlotsByKey<K> = new Map();
  for (const event of events) {
    for (const key of keysOf(event)) {
      const group = groups.get(key);
      if (group) group.push(event.slot);
      else groups.set(key, [event.slot]);
    }
  }
  return groups;
}

/** Groups events by a key, and keeps only the groups of two or more events. */
export function groupDuplicates<K>(
  events: readonly CheckedEvent[],
  keyOf: (event: CheckedEvent) => K | undefined,
): SlotsByKey<K> {
  const groups = groupByKey(events, keyOf);
  for (const [key, slots] of groups) if (slots.length < 2) groups.delete(key);
  return groups;
}

/** Groups items by a key. The groups are in the order in which their keys first appear. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
