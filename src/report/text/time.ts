import type { Timestamp } from '../../time/timestamp.ts';
import { formatLocal, toInstant, type Zone } from '../../time/zone.ts';

/** Formats a time in the zone: `2026-02-22 10:00:00.123`, or `02-22 10:00:00` if short; `-` if there is no time. */
export function formatTime(stamp: Timestamp | undefined, zone: Zone, short: boolean): string {
  const [from, to] = short ? [5, 19] : [0, 23];
  if (!stamp) return '-'.padEnd(to - from);
  return formatLocal(toInstant(stamp, zone), zone).slice(from, to).replace('T', ' ');
}

/** Formats a point in time (µs since the epoch) for programs: ISO 8601 in UTC, with microseconds. */
export function formatInstant(us: number): string {
  const fraction = String(((us % 1e6) + 1e6) % 1e6).padStart(6, '0');
  return `${new Date(Math.floor(us / 1e6) * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
}
