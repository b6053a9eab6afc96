import type { Entry } from '../domain/entry.ts';
import { toInstant, type Zone } from '../time/zone.ts';

/** An event's place in the order by time. */
export interface TimeKey {
  /** µs since the epoch; an event that tells no time stands after all others. */
  readonly time: number;
  /** In index order. */
  readonly position: number;
}

export function timeOf({ stamp }: Entry, zone: Zone): number {
  return stamp ? toInstant(stamp, zone) : Number.POSITIVE_INFINITY;
}

/** Compares by time, ties by index; `descending` is the exact reverse. */
export function compareKeys(descending: boolean): (a: TimeKey, b: TimeKey) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const byTime = a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
    return sign * (byTime || a.position - b.position);
  };
}
