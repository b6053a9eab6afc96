import type { Timestamp } from './timestamp.ts';
import { toInstant, type Zone } from './zone.ts';

/**
 * Formats a point in time for programs, as all JSON of convoscope has it: RFC 3339 in UTC with its offset, to the
 * microsecond. Texts of this form sort by time.
 *
 * @param us µs since the epoch
 */
export function formatInstant(us: number): string {
  const fraction = String(((us % 1e6) + 1e6) % 1e6).padStart(6, '0');
  return `${new Date(Math.floor(us / 1e6) * 1000).toISOString().slice(0, -5)}.${fraction}+00:00`;
}

/** The time of a stored timestamp in this form; null if the event has none. @param zone of timestamps without an offset */
export function formatStamp(stamp: Timestamp | undefined, zone: Zone): string | null {
  return stamp ? formatInstant(toInstant(stamp, zone)) : null;
}
