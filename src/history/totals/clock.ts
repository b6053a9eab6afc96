import { type ClockReading, LogClock } from '../../domain/clock/log-clock.ts';
import type { Zone } from '../../time/zone.ts';
import type { History } from '../history.ts';

const clocks = new WeakMap<History['records'], Map<Zone, LogClock>>();

/** The clock of a conversation. It is computed once. @param zone the zone of timestamps without an offset */
export function clockOf({ records }: Pick<History, 'records'>, zone: Zone): LogClock {
  const byZone = clocks.get(records) ?? new Map<Zone, LogClock>();
  clocks.set(records, byZone);
  const known = byZone.get(zone);
  if (known) return known;
  const readings = new Array<ClockReading | undefined>((records.at(-1)?.position ?? -1) + 1);
  for (const { position, entry } of records) readings[position] = entry;
  const clock = new LogClock(readings, zone);
  byZone.set(zone, clock);
  return clock;
}
