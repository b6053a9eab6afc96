import type { LogClock } from '../domain/clock/log-clock.ts';
import type { Call } from './calls.ts';
import type { EventRecord } from './event-record.ts';
import type { ModelStep } from './totals/model-steps.ts';
import { callSpans, type Span, type TimeSpent } from './totals/time-spent.ts';

/** A conversation's time, divided into equal parts. Times in µs since the first event, see LogClock.elapsedAt. */
export interface TimeScale {
  /** From the first event to the last. */
  readonly total: number;
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
  /** Jumps of the clock. */
  readonly jumps: number;
  /** Share of the part, 0 to 1, in which calls ran. */
  readonly tools: number;
}

/** @returns undefined if no event has a time */
export function divideTime(
  { total }: Pick<TimeSpent, 'total'>,
  parts: number,
): TimeScale | undefined {
  return total === undefined ? undefined : { total, parts, partUs: total / parts || 1 };
}

/** Which part a time falls in, from 0. A time outside the scale belongs to the part at that end. */
function partAt({ parts, partUs }: TimeScale, us: number): number {
  return Math.max(0, Math.min(parts - 1, Math.floor(us / partUs)));
}

/** What happened in each part. */
export function timelineOf(
  records: readonly EventRecord[],
  calls: readonly Call[],
  scale: TimeScale,
  clock: LogClock,
): TimelinePart[] {
  const tools = coveredShares(callSpans(calls, clock), scale);
  const parts = tools.map((share) => ({
    events: 0,
    errors: 0,
    fromUser: 0,
    condensations: 0,
    jumps: 0,
    tools: share,
  }));
  for (const { entry, position } of records) {
    const elapsed = clock.elapsedAt(position);
    if (elapsed === undefined) continue;
    const part = parts[partAt(scale, elapsed)]!;
    part.events++;
    if (entry.failed) part.errors++;
    if (entry.source === 'user') part.fromUser++;
    if (entry.kind === 'Condensation') part.condensations++;
  }
  for (const { after } of clock.jumps) {
    parts[partAt(scale, clock.elapsedAt(after) ?? 0)]!.jumps++;
  }
  return parts;
}

/** For each part, the share of it, 0 to 1, in which the agent waited for the model. */
export function modelShares(
  records: readonly EventRecord[],
  steps: readonly ModelStep[],
  scale: TimeScale,
  clock: LogClock,
): number[] {
  return coveredShares(modelSpans(records, steps, clock), scale);
}

/** For each part, its first event. */
export function firstEvents(
  records: readonly EventRecord[],
  scale: TimeScale,
  clock: LogClock,
): (EventRecord | undefined)[] {
  const firsts = new Array<EventRecord | undefined>(scale.parts).fill(undefined);
  for (const record of records) {
    const elapsed = clock.elapsedAt(record.position);
    if (elapsed !== undefined) firsts[partAt(scale, elapsed)] ??= record;
  }
  return firsts;
}

/** Where the spans overlap, a part counts twice, but never as more than the whole part. */
function coveredShares(spans: Iterable<Span>, scale: TimeScale): number[] {
  const { total, partUs } = scale;
  const shares = new Array<number>(scale.parts).fill(0);
  for (const span of spans) {
    const [start, end] = [Math.max(0, span[0]), Math.min(total, span[1])];
    for (let part = partAt(scale, start); part <= partAt(scale, end); part++) {
      const [low, high] = [part * partUs, (part + 1) * partUs];
      const share = (Math.min(end, high) - Math.max(start, low)) / partUs;
      shares[part] = Math.min(1, shares[part]! + Math.max(0, share));
    }
  }
  return shares;
}

/** From the recorded latency, else from the time since the event that the model answered. */
function modelSpans(
  records: readonly EventRecord[],
  steps: readonly ModelStep[],
  clock: LogClock,
): Span[] {
  const byIndex = new Map(records.map((record) => [record.slot.index, record]));
  return steps.flatMap(({ index, waited, usage }): Span[] => {
    const record = byIndex.get(index);
    const end = record && clock.elapsedAt(record.position);
    const took = usage?.latency === undefined ? waited : usage.latency * 1e6;
    if (end === undefined || !took) return [];
    return [[end - took, end]];
  });
}
