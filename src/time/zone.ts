import { parseOffset, type Timestamp } from './timestamp.ts';

/** A time zone: how naive timestamps become points in time, and back for display. */
export interface Zone {
  /** Microseconds that the zone's clocks are ahead of UTC at a point in time (µs since the epoch). */
  offsetAt(us: number): number;
  /** Point in time (µs since the epoch) of a clock reading given as if it were UTC. */
  instantOf(localUs: number): number;
}

const MINUTE = 60_000_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;

/** The zone of an IANA name, `UTC` or an offset such as `+02:00`; undefined where there is none. */
export function findZone(name: string): Zone | undefined {
  const offset = parseOffset(name);
  if (offset !== undefined) {
    const us = offset * MINUTE;
    return { offsetAt: () => us, instantOf: (localUs) => localUs - us };
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    return zoneFromOffsets((us) => {
      const part = format.formatToParts(us / 1000).find(({ type }) => type === 'timeZoneName');
      return (parseOffset(part?.value.slice(3) || 'Z') ?? 0) * MINUTE;
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // no such zone
    throw error;
  }
}

/** This machine's zone, without the cost of loading the zone tables. */
export function localZone(): Zone {
  return zoneFromOffsets((us) => -new Date(us / 1000).getTimezoneOffset() * MINUTE);
}

/** Point in time of an event's timestamp, in µs since the epoch. */
export function toInstant(stamp: Timestamp, zone: Zone): number {
  return stamp.naive ? zone.instantOf(stamp.us) : stamp.us;
}

/** A point in time as the zone's clocks show it: ISO 8601 without offset, to the millisecond. */
export function formatLocal(us: number, zone: Zone): string {
  return new Date(Math.floor((us + zone.offsetAt(us)) / 1000)).toISOString().slice(0, 23);
}

function zoneFromOffsets(offsetAt: (us: number) => number): Zone {
  // Offsets change on quarters of an hour alone, so one answer serves all of a quarter.
  const known = new Map<number, number>();
  const localOffset = (localUs: number): number => {
    // As Python has it for naive times: of an hour that comes twice the first, and in one that is
    // left out the offset from before.
    const before = offsetAt(localUs - DAY);
    const after = offsetAt(localUs + DAY);
    const fits = (offset: number) => offsetAt(localUs - offset) === offset;
    return !fits(before) && fits(after) ? after : before;
  };
  return {
    offsetAt,
    instantOf(localUs) {
      const quarter = Math.floor(localUs / QUARTER);
      let offset = known.get(quarter);
      if (offset === undefined) {
        offset = localOffset(quarter * QUARTER);
        known.set(quarter, offset);
      }
      return localUs - offset;
    },
  };
}
