import type { Timestamp } from '../model/timestamp.ts';
import type { Zone } from '../model/zone.ts';
import { instant } from '../model/zone.ts';

/** `2026-02-22 10:00:00.123`, or without year and fraction, in the zone; `-` for no time. */
export function showTime(stamp: Timestamp | undefined, zone: Zone, short: boolean): string {
  if (!stamp) return short ? '-'.padEnd(14) : '-'.padEnd(23);
  const us = instant(stamp, zone);
  const local = new Date(Math.floor((us + zone.offsetAt(us)) / 1000)).toISOString();
  return local.slice(short ? 5 : 0, short ? 19 : 23).replace('T', ' ');
}
