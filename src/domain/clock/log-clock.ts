import type { Timestamp } from '../../time/timestamp.ts';
import { toInstant, type Zone } from '../../time/zone.ts';
import { isLog, isResult, isSide } from '../event-kinds.ts';
import { findReturns, type Step } from './clock-returns.ts';

/** What a log says about its clock: one event's kind and timestamp. */
export interface ClockReading {
  /** Class name. */
  readonly kind: string;
  readonly stamp: Timestamp | undefined;
}

/** A change of the clock between two events that follow each other. */
export interface ClockJump {
  /** Position of the last event with a time before the jump, and of the first one after it. */
  readonly before: number;
  readonly after: number;
  /** From the latest time before the jump to the time after it, in µs: negative if the clock was set back. */
  readonly size: number;
}

/** A smaller step back is no jump: clocks are corrected by this much all the time. */
const MAX_STEP_BACK_US = 2e6;
/** State updates and logs get their timestamp up to this long before they are written. */
const MAX_EARLY_US = 60e6;

/**
 * The clock of a conversation: points in time and durations from the timestamps of its events. Events are written in
 * index order, so an event that is earlier than the one before it shows that the clock was set back. The time across
 * such a jump is not known.
 *
 * - A step back is a jump if it is larger than MAX_STEP_BACK_US. These are no jumps: a state update or a log that is up
 *   to MAX_EARLY_US early, and a result that is not earlier than the first of the calls made together with its own.
 * - A step forward looks like waiting. It is a jump only if the clock was set back before and this step brings it back
 *   to where it would be, or if it is set back later to where it would be without this step: see `findReturns`.
 * - A local time that occurs twice, at the end of summer time, is the second one if the first would be a step back.
 */
export class LogClock {
  /** In index order. */
  readonly jumps: readonly ClockJump[];
  readonly #instants: Float64Array;
  readonly #segmentOf: Int32Array;
  readonly #segments: readonly Segment[];

  /** @param readings by position @param zone the zone of timestamps without an offset */
  constructor(readings: readonly (ClockReading | undefined)[], zone: Zone) {
    const run = new ClockRun(readings.length, zone);
    for (const [position, reading] of readings.entries()) {
      if (reading?.stamp) run.read(position, reading.kind, reading.stamp);
    }
    this.#instants = run.instants;
    const starts = findReturns(run.steps).map((isReturn, at) => isReturn || run.steps[at]?.isBack);
    this.jumps = run.steps.flatMap(({ position, time }, at) => {
      const last = run.steps[at - 1];
      return last && starts[at]
        ? { before: run.timedBefore(position), after: position, size: time - last.time }
        : [];
    });
    this.#segmentOf = new Int32Array(readings.length).fill(-1);
    this.#segments = this.#divide(run.steps.filter((_, at) => at === 0 || starts[at]));
  }

  /** Times of the first and the last events, in µs since the epoch; undefined if no event has a timestamp. */
  get from(): number | undefined {
    return this.#segments[0]?.from;
  }
  get to(): number | undefined {
    return this.#segments.at(-1)?.to;
  }

  /** The time from the first event to the last, in µs, without what is lost in jumps. Undefined without timestamps. */
  get total(): number | undefined {
    const last = this.#segments.at(-1);
    return last && last.elapsed + last.to - last.from;
  }

  /** The point in time of an event, in µs since the epoch. */
  instantAt(position: number): number | undefined {
    const instant = this.#instants[position];
    return instant === undefined || Number.isNaN(instant) ? undefined : instant;
  }

  /** The time from the first event to this one, in µs, without what is lost in jumps. */
  elapsedAt(position: number): number | undefined {
    const segment = this.#segments[this.#segmentOf[position] ?? -1];
    return segment && segment.elapsed + (this.#instants[position] as number) - segment.from;
  }

  /**
   * The time from one event to a later one, in µs. Undefined if it is not known: one of them has no timestamp, the
   * clock jumped between them, or the later one is stamped earlier.
   */
  between(from: number, to: number): number | undefined {
    const segment = this.#segmentOf[from] ?? -1;
    if (segment < 0 || this.#segmentOf[to] !== segment) return undefined;
    const duration = (this.#instants[to] as number) - (this.#instants[from] as number);
    return duration < 0 ? undefined : duration;
  }

  /** Divides the log at its jumps. @param starts the steps that begin the segments */
  #divide(starts: readonly Step[]): Segment[] {
    const segments: Segment[] = [];
    let elapsed = 0;
    for (const [number, { position: start }] of starts.entries()) {
      const end = starts[number + 1]?.position ?? this.#instants.length;
      let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let position = start; position < end; position++) {
        const instant = this.#instants[position] as number;
        if (Number.isNaN(instant)) continue;
        this.#segmentOf[position] = number;
        [from, to] = [Math.min(from, instant), Math.max(to, instant)];
      }
      segments.push({ from, to, elapsed });
      elapsed += to - from;
    }
    return segments;
  }
}

/** The events between two jumps. Times in µs. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Known time from the first event of the log to `from`. */
  readonly elapsed: number;
}

/** Reads timestamps in index order. */
class ClockRun {
  /** By position, in µs since the epoch; NaN for an event without a timestamp. */
  readonly instants: Float64Array;
  /** The events that are later than all before them since the last step back, and the steps back themselves. */
  readonly steps: Step[] = [];
  #latest = Number.NEGATIVE_INFINITY;
  /** Time of the first of the calls that were made together most recently. */
  #batchStart: number | undefined;
  #isInBatch = false;

  constructor(
    length: number,
    readonly zone: Zone,
  ) {
    this.instants = new Float64Array(length).fill(Number.NaN);
  }

  /** The position of the last event with a timestamp before another one. */
  timedBefore(position: number): number {
    let at = position - 1;
    while (at > 0 && Number.isNaN(this.instants[at])) at--;
    return at;
  }

  read(position: number, kind: string, stamp: Timestamp): void {
    const earliest = this.#earliest(kind);
    const time = this.#resolve(stamp, earliest);
    this.instants[position] = time;
    const isBack = time < earliest;
    if (isBack) this.#batchStart = undefined;
    if (isBack || time > this.#latest) {
      this.steps.push({ position, time, isBack });
      this.#latest = time;
    }
    this.#noteBatch(kind, time);
  }

  /** The earliest time that an event of this kind can have now without a jump of the clock. */
  #earliest(kind: string): number {
    if (isSide(kind) || isLog(kind)) return this.#latest - MAX_EARLY_US;
    const start = isResult(kind) || BESIDE_RESULTS.has(kind) ? this.#batchStart : undefined;
    return Math.min(this.#latest, start ?? this.#latest) - MAX_STEP_BACK_US;
  }

  #resolve(stamp: Timestamp, earliest: number): number {
    const first = toInstant(stamp, this.zone);
    if (!stamp.naive || first >= earliest) return first;
    const second = first + this.zone.repeatsAfter(stamp.us);
    return second >= earliest ? second : first;
  }

  #noteBatch(kind: string, time: number): void {
    if (kind === 'ActionEvent') {
      if (!this.#isInBatch || this.#batchStart === undefined) this.#batchStart = time;
      this.#isInBatch = true;
    } else if (isResult(kind) || kind === 'MessageEvent') this.#isInBatch = false;
  }
}

/** Written by the threads that run calls, as results are. */
const BESIDE_RESULTS = new Set(['HookExecutionEvent', 'SecurityAnalysisEvent']);
