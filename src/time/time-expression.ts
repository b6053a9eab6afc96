import { parseTimestamp } from './timestamp.ts';
import { toInstant, type Zone } from './zone.ts';

/** In µs. */
const UNITS_US: Record<string, number> = { s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 };
const DAY_US = 86_400e6;

/**
 * Parses a time as users write it: ISO 8601, a date, how long ago (`90s`, `15m`, `2h`, `3d`), `today` or `yesterday`.
 *
 * @param now µs since the epoch
 * @param zone the zone of times without an offset
 * @returns µs since the epoch, or undefined if the text is not a time
 */
export function parseTime(text: string, now: number, zone: Zone): number | undefined {
  const ago = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNITS_US[ago[2] as string] as number);
  if (text === 'today' || text === 'yesterday') {
    const local = now + zone.offsetAt(now);
    const midnight = Math.floor(local / DAY_US) * DAY_US;
    return zone.instantOf(text === 'today' ? midnight : midnight - DAY_US);
  }
  const stamp = parseTimestamp(text);
  return stamp && toInstant(stamp, zone);
}
