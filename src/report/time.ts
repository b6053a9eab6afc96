import type { Timestamp } from '../model/timestamp.ts';
import { instant, showLocal, type Zone } from '../model/zone.ts';

/** `2026-02-22 10:00:00.123`, or `02-22 10:00:00` when short, in the zone; `-` for no time. */
export function showTime(stamp: Timestamp | undefined, zone: Zone, short: boolean): string {
  const [from, to] = short ? [5, 19] : [0, 23];
  if (!stamp) return '-'.padEnd(to - from);
  return showLocal(instant(stamp, zone), zone).slice(from, to).replace('T', ' ');
}
