import type { Timestamp } from '../../time/timestamp.ts';
import { formatLocal, toInstant, type Zone } from '../../time/zone.ts';

/** Formats a time in the zone: `2026-02-22 10:00:00.123`, or `02-22 10:00:00` if short; `-` if there is no time. */
export function formatTime(stamp: Timestamp | undefined, zone: Zone, short: boolean): string {
  const [from, to] = short ? [5, 19] : [0, 23];
  if (!stamp) return '-'.padEnd(to - from);
  return formatLocal(toInstant(stamp, zone), zone).slice(from, to).replace('T', ' ');
}
