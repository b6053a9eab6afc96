import type { LoadedEvent } from '../model/event.ts';
import { bySlot, type Slot } from '../model/slot.ts';
import { instant, type Zone } from '../model/zone.ts';

/** An event's place in the order by time. */
export interface Key {
  /** µs since the epoch; an event that tells no time stands after all others. */
  readonly time: number;
  readonly slot: Slot;
}

export function keyOf(event: LoadedEvent, zone: Zone): Key {
  const { stamp } = event.entry;
  return { time: stamp ? instant(stamp, zone) : Number.POSITIVE_INFINITY, slot: event.slot };
}

/** Compares by time, ties by index; `descending` is the exact reverse. */
export function compareKeys(descending: boolean): (a: Key, b: Key) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const byTime = a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
    return sign * (byTime || bySlot(a.slot, b.slot));
  };
}
