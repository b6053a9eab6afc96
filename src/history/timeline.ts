import { toInstant, type Zone } from '../time/zone.ts';
import type { Call } from './calls.ts';
import type { EventRecord } from './event-record.ts';
import type { ModelStep, TimeSpent } from './stats.ts';

/** A conversation's time, divided into equal parts. Times in µs since the epoch. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  /** Number of parts, 1 or more. */
  readonly parts: number;
  /** Length of a part in µs; 1 where all events have the same time. */
  readonly partUs: number;
}

/** What happened in one part of a conversation's time. */
export interface TimelinePart {
  readonly events: number;
  readonly errors: number;
  /** Events from the user: messages, pauses, rejections. */
  readonly fromUser: number;
  readonly condensations: number;
  /** Share of the part, 0 to 1, in which calls ran. */
  readonly tools: number;
}

/** Start and end in µs since the epoch. */
type Span = readonly [start: number, end: number];

/** @returns undefined if no event has a time */
export function divideTime(
  { from, to }: Pick<TimeSpent, 'from' | 'to'>,
  parts: number,
): TimeScale | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { from, to, parts, partUs: (to - from) / parts || 1 };
}

/** Which part a time falls in, from 0. A time outside the scale belongs to the part at that end. */
function partAt({ from, parts, partUs }: TimeScale, us: number): number {
  return Math.max(0, Math.min(parts - 1, Math.floor((us - from) / partUs)));
}

/** What happened in each part. */
export function timelineOf(
  records: readonly EventRecord[],
  calls: readonly Call[],
  scale: TimeScale,
  zone: Zone,
): TimelinePart[] {
  const tools = coveredShares(callSpans(calls, zone), scale);
  const parts = tools.map((share) => ({
    events: 0,
    errors: 0,
    fromUser: 0,
    condensations: 0,
    tools: share,
  }));
  for (const { entry } of records) {
    if (!entry.stamp) continue;
    const part = parts[partAt(scale, toInstant(entry.stamp, zone))]!;
    part.events++;
    if (entry.failed) part.errors++;
    if (entry.source === 'user') part.fromUser++;
    if (entry.kind === 'Condensation') part.condensations++;
  }
  return parts;
}

/** For each part, the share of it, 0 to 1, in which the agent waited for the model. */
export function modelShares(
  records: readonly EventRecord[],
  steps: readonly ModelStep[],
  scale: TimeScale,
  zone: Zone,
): number[] {
  return coveredShares(modelSpans(records, steps, zone), scale);
}

/** For each part, its first event. */
export function firstEvents(
  records: readonly EventRecord[],
  scale: TimeScale,
  zone: Zone,
): (EventRecord | undefined)[] {
  const firsts = new Array<EventRecord | undefined>(scale.parts).fill(undefined);
  for (const record of records) {
    const { stamp } = record.entry;
    if (stamp) firsts[partAt(scale, toInstant(stamp, zone))] ??= record;
  }
  return firsts;
}

/** Where the spans overlap, a part counts twice, but never as more than the whole part. */
function coveredShares(spans: Iterable<Span>, scale: TimeScale): number[] {
  const { from, to, partUs } = scale;
  const shares = new Array<number>(scale.parts).fill(0);
  for (const span of spans) {
    const [start, end] = [Math.max(from, span[0]), Math.min(to, span[1])];
    for (let part = partAt(scale, start); part <= partAt(scale, end); part++) {
      const [low, high] = [from + part * partUs, from + (part + 1) * partUs];
      const share = (Math.min(end, high) - Math.max(start, low)) / partUs;
      shares[part] = Math.min(1, shares[part]! + Math.max(0, share));
    }
  }
  return shares;
}

/** Timestamps can run backwards: a call that seems to take no time, or less, is left out. */
function callSpans(calls: readonly Call[], zone: Zone): Span[] {
  return calls.flatMap(({ action, duration }): Span[] => {
    if (!action.entry.stamp || !duration || duration < 0) return [];
    const start = toInstant(action.entry.stamp, zone);
    return [[start, start + duration]];
  });
}

/** From the latency in the state, else from the time since the event that the model answered. */
function modelSpans(
  records: readonly EventRecord[],
  steps: readonly ModelStep[],
  zone: Zone,
): Span[] {
  const byIndex = new Map(records.map((record) => [record.slot.index, record]));
  return steps.flatMap(({ index, waited, usage }): Span[] => {
    const stamp = byIndex.get(index)?.entry.stamp;
    const took = usage?.latency === undefined ? waited : usage.latency * 1e6;
    if (!stamp || !took) return [];
    const end = toInstant(stamp, zone);
    return [[end - took, end]];
  });
}
