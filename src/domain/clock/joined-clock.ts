import type { Zone } from '../../time/zone.ts';
import type { Slots } from '../slot.ts';
import { type ClockReading, LogClock } from './log-clock.ts';

/** Points in time of the events of one conversation, or of several. */
export type EventTimes = Pick<LogClock, 'instantAt'>;

/**
 * The times of all events. If the slots are those of several conversations, one after the other, each has a clock of its
 * own: the first event of one need not be later than the last event of another.
 *
 * @param readings by position @param zone the zone of timestamps without an offset
 */
export function eventTimes(
  slots: Slots,
  readings: readonly (ClockReading | undefined)[],
  zone: Zone,
): EventTimes {
  const instants: (number | undefined)[] = [];
  const endRun = (end: number) => {
    const start = instants.length;
    const clock = new LogClock(readings.slice(start, end), zone);
    for (let at = start; at < end; at++) instants.push(clock.instantAt(at - start));
  };
  let [position, way]: [number, string | undefined] = [0, undefined];
  for (const { conversation } of slots) {
    if (conversation?.way !== way) endRun(position);
    way = conversation?.way;
    position++;
  }
  endRun(position);
  return { instantAt: (at) => instants[at] };
}
