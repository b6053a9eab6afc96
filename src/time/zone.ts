import { parseOffset, type Timestamp } from './timestamp.ts';

/** A time zone. It converts clock readings to points in time, and points in time to clock readings for display. */
export interface Zone {
  /** How far the zone's clocks are ahead of UTC at a point in time. Both are in µs, the time since the epoch. */
  offsetAt(us: number): number;
  /** The point in time (µs since the epoch) of a clock reading. The reading is given as if it were UTC. */
  instantOf(localUs: number): number;
  /**
   * How long after `instantOf` the clocks show the same reading again, in µs: an hour in most zones, when summer time
   * ends. 0 for a reading that occurs once.
   */
  repeatsAfter(localUs: number): number;
}

const MINUTE_US = 60_000_000;
const QUARTER_HOUR_US = 15 * MINUTE_US;
const DAY_US = 24 * 60 * MINUTE_US;

/** The zone with an IANA name, `UTC`, or an offset such as `+02:00`; undefined if there is no such zone. */
export function findZone(name: string): Zone | undefined {
  const offset = parseOffset(name);
  if (offset !== undefined) {
    const us = offset * MINUTE_US;
    return { offsetAt: () => us, instantOf: (localUs) => localUs - us, repeatsAfter: () => 0 };
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    return zoneFromOffsets((us) => {
      const part = format.formatToParts(us / 1000).find(({ type }) => type === 'timeZoneName');
      return (parseOffset(part?.value.slice(3) || 'Z') ?? 0) * MINUTE_US;
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // no such zone
    throw error;
  }
}

/** This machine's zone. Unlike `findZone`, it does not load the zone tables, which takes time. */
export function localZone(): Zone {
  return zoneFromOffsets((us) => -new Date(us / 1000).getTimezoneOffset() * MINUTE_US);
}

/** The point in time of an event's timestamp, in µs since the epoch. */
export function toInstant(stamp: Timestamp, zone: Zone): number {
  return stamp.naive ? zone.instantOf(stamp.us) : stamp.us;
}

/** Formats a point in time (µs since the epoch) as the zone's clocks show it: ISO 8601 with ms, without an offset. */
export function formatLocal(us: number, zone: Zone): string {
  return new Date(Math.floor((us + zone.offsetAt(us)) / 1000)).toISOString().slice(0, 23);
}

/** How a zone reads the clock readings of a quarter of an hour. In µs. */
interface Reading {
  readonly offset: number;
  readonly repeatsAfter: number;
}

function zoneFromOffsets(offsetAt: (us: number) => number): Zone {
  // Offsets change only at full quarters of an hour, so one answer is valid for a whole quarter.
  const known = new Map<number, Reading>();
  const readQuarter = (localUs: number): Reading => {
    // The same rule as Python's for naive times. If an hour occurs twice, it means the first. If the clocks skip an
    // hour, the offset from before the change applies.
    const before = offsetAt(localUs - DAY_US);
    const after = offsetAt(localUs + DAY_US);
    const fits = (offset: number) => offsetAt(localUs - offset) === offset;
    const isFirst = fits(before) || !fits(after);
    const isTwice = before > after && fits(before) && fits(after);
    return { offset: isFirst ? before : after, repeatsAfter: isTwice ? before - after : 0 };
  };
  const readingOf = (localUs: number): Reading => {
    const quarter = Math.floor(localUs / QUARTER_HOUR_US);
    const found = known.get(quarter) ?? readQuarter(quarter * QUARTER_HOUR_US);
    known.set(quarter, found);
    return found;
  };
  return {
    offsetAt,
    instantOf: (localUs) => localUs - readingOf(localUs).offset,
    repeatsAfter: (localUs) => readingOf(localUs).repeatsAfter,
  };
}
