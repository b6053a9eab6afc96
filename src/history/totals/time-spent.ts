import type { ClockJump, LogClock } from '../../domain/clock/log-clock.ts';
import { type Coverage, coverageOf } from '../../domain/facts/coverage.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Call } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';
import type { Usage } from '../usage.ts';
import type { ModelStep } from './model-steps.ts';

/** Where the time of a conversation went. In µs. */
export interface TimeSpent {
  /** Times of the first and the last event, in µs since the epoch; undefined if no event has a timestamp. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** From the first event to the last, without what is lost in jumps of the clock. Undefined without timestamps. */
  readonly total: number | undefined;
  /** Spent waiting for the model: the recorded latencies, else by timestamps. */
  readonly model: number;
  /** At least one call was running. */
  readonly tools: number;
  /** The rest: waiting for the user, paused, or between two runs. */
  readonly other: number;
  /** Where the clock was changed. The time across a jump is in none of the numbers. */
  readonly jumps: readonly PlacedJump[];
  /** How many of the steps from one event to the next are in the total. */
  readonly coverage: Coverage;
}

/** A jump of the clock between two events. */
export interface PlacedJump {
  readonly before: Slot;
  readonly after: Slot;
  /** In µs; negative if the clock was set back. */
  readonly size: number;
}

/** Divides the time. @param steps all responses of the model */
export function timeSpent(
  records: readonly EventRecord[],
  calls: readonly Call[],
  steps: readonly ModelStep[],
  usages: readonly Usage[],
  clock: LogClock,
): TimeSpent {
  const { from, to, total } = clock;
  const whole = total ?? 0;
  const tools = lengthOfUnion(callSpans(calls, clock));
  // A recorded latency can overlap with tools that were still running.
  const model = Math.min(timeWaitedForModel(steps, usages), whole - tools);
  const timed = records.filter(({ position }) => clock.instantAt(position) !== undefined).length;
  const between = Math.max(0, timed - 1);
  return {
    from,
    to,
    total,
    model,
    tools,
    other: Math.max(0, whole - model - tools),
    jumps: placeJumps(records, clock.jumps),
    coverage: coverageOf('steps', between - clock.jumps.length, between),
  };
}

function placeJumps(records: readonly EventRecord[], jumps: readonly ClockJump[]): PlacedJump[] {
  if (jumps.length === 0) return [];
  const slots = new Map(records.map(({ position, slot }) => [position, slot]));
  return jumps.map(({ before, after, size }) => ({
    before: slots.get(before) as Slot,
    after: slots.get(after) as Slot,
    size,
  }));
}

/** See TimeSpent.model. */
function timeWaitedForModel(steps: readonly ModelStep[], usages: readonly Usage[]): number {
  const responses = usages.flatMap((usage) => usage.steps);
  const recorded = responses.reduce((sum, { latency }) => sum + (latency ?? 0) * 1e6, 0);
  const unrecorded = steps.filter((step) => step.usage?.latency === undefined);
  return unrecorded.reduce((sum, { waited }) => sum + (waited ?? 0), recorded);
}

/** Start and end of something, in µs since the first event, see LogClock.elapsedAt. */
export type Span = readonly [start: number, end: number];

/** When calls ran. A call whose duration is not known, or is nothing, is left out. */
export function callSpans(calls: readonly Call[], clock: LogClock): Span[] {
  return calls.flatMap(({ action, duration }): Span[] => {
    const start = clock.elapsedAt(action.position);
    return start === undefined || !duration ? [] : [[start, start + duration]];
  });
}

/** How much time some spans cover together. They overlap if one response makes several calls. */
function lengthOfUnion(spans: Span[]): number {
  let [total, end] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, stop] of spans.sort((a, b) => a[0] - b[0])) {
    if (stop <= end) continue;
    total += stop - Math.max(start, end);
    end = stop;
  }
  return total;
}
