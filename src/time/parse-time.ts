import { parseTimestamp } from './timestamp.ts';
import { toInstant, type Zone } from './zone.ts';

const UNITS: Record<string, number> = { s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 };
const DAY = 86_400e6;

/**
 * Reads a time as a user writes it: ISO 8601, a date, `90s`/`15m`/`2h`/`3d` ago, `today`, `yesterday`.
 *
 * @param now µs since the epoch
 * @returns µs since the epoch, or undefined where it is no time
 */
export function parseTime(text: string, now: number, zone: Zone): number | undefined {
  const ago = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNITS[ago[2] as string] as number);
  if (text === 'today' || text === 'yesterday') {
    const local = now + zone.offsetAt(now);
    const midnight = Math.floor(local / DAY) * DAY;
    return zone.instantOf(text === 'today' ? midnight : midnight - DAY);
  }
  const stamp = parseTimestamp(text);
  return stamp && toInstant(stamp, zone);
}
