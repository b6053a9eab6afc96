import { toInstant, type Zone } from '../time/zone.ts';
import type { Call } from './calls.ts';
import type { EventRecord } from './event-record.ts';

/** What happened in one of the equal parts of a conversation's time. */
export interface TimelinePart {
  readonly events: number;
  readonly errors: number;
  /** Something of the user's: messages, pauses, rejections. */
  readonly fromUser: number;
  readonly condensations: number;
  /** Share of it, 0 to 1, in which a call was at work. */
  readonly tools: number;
}

/** @param parts how many, 1 or more. @returns none where no event tells a time */
export function timelineOf(
  records: readonly EventRecord[],
  calls: readonly Call[],
  parts: number,
  zone: Zone,
): TimelinePart[] {
  const timed = records.flatMap(({ entry }) =>
    entry.stamp ? [{ entry, time: toInstant(entry.stamp, zone) }] : [],
  );
  if (timed.length === 0) return [];
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of timed) [from, to] = [Math.min(from, time), Math.max(to, time)];
  const width = (to - from) / parts || 1;
  const partOf = (time: number) => Math.min(parts - 1, Math.floor((time - from) / width));
  const moments = Array.from({ length: parts }, () => ({
    events: 0,
    errors: 0,
    fromUser: 0,
    condensations: 0,
    tools: 0,
  }));
  for (const { entry, time } of timed) {
    const moment = moments[partOf(time)]!;
    moment.events++;
    if (entry.failed) moment.errors++;
    if (entry.source === 'user') moment.fromUser++;
    if (entry.kind === 'Condensation') moment.condensations++;
  }
  for (const { action, duration } of calls) {
    if (!action.entry.stamp || !duration || duration < 0) continue;
    const start = toInstant(action.entry.stamp, zone);
    const end = Math.min(start + duration, to);
    for (let part = partOf(start); part <= partOf(end); part++) {
      const [low, high] = [from + part * width, from + (part + 1) * width];
      const share = (Math.min(end, high) - Math.max(start, low)) / width;
      const moment = moments[part]!;
      moment.tools = Math.min(1, moment.tools + Math.max(0, share));
    }
  }
  return moments;
}
