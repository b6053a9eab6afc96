import type { Entry } from '../domain/entry.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { SearchRequest } from './search-request.ts';

/** What decides on an event's place in the order. */
export interface TimeKey {
  /** µs since the epoch. An event without a timestamp comes after all others. 0 in the order of the log. */
  readonly time: number;
  /** In index order. */
  readonly position: number;
}

/** A key, and whether the event passed the filter. */
export interface HitKey extends TimeKey {
  readonly isHit: boolean;
}

/** See TimeKey.time. */
export function timeOf(
  { stamp }: Entry,
  position: number,
  { zone, order, clock }: Pick<SearchRequest, 'zone' | 'order' | 'clock'>,
): number {
  if (order === 'index') return 0;
  if (clock) return clock.instantAt(position) ?? Number.POSITIVE_INFINITY;
  return stamp ? toInstant(stamp, zone) : Number.POSITIVE_INFINITY;
}

/** A zone that notices whether it was asked for a local time that occurs twice. */
export function noticingRepeats(zone: Zone): Zone & { readonly hasRepeats: boolean } {
  let hasRepeats = false;
  return {
    ...zone,
    instantOf(localUs) {
      if (zone.repeatsAfter(localUs) > 0) hasRepeats = true;
      return zone.instantOf(localUs);
    },
    get hasRepeats() {
      return hasRepeats;
    },
  };
}

/** Compares by time, ties by index. `descending` is the exact reverse. */
export function compareKeys(descending: boolean): (a: TimeKey, b: TimeKey) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const byTime = a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
    return sign * (byTime || a.position - b.position);
  };
}

/** How many positions one event comes after another, in reading order. */
export function positionsBetween(earlier: number, later: number, descending: boolean): number {
  return descending ? earlier - later : later - earlier;
}
