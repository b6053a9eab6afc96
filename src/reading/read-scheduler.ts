import { setImmediate as breathe } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Two ways to do one piece of work: at once, or without holding up the thread. */
export interface ReadTask<T, R> {
  /** The answer, where it is known already: nothing is read for it. */
  known(item: T): R | undefined;
  /** A promise where something has to be waited for. */
  now(item: T): R | Promise<R>;
  later(item: T): Promise<R>;
}

/** What was done to event files, all conversations of a run together. */
export interface ReadStats {
  opened: number;
  read: number;
  parsed: number;
  /** Events given from memory. */
  remembered: number;
  /** Entries given from the index that an earlier run left, with no look at the file, or one at its size and times. */
  indexed: number;
  bytes: number;
}

export function noReads(): ReadStats {
  return { opened: 0, read: 0, parsed: 0, remembered: 0, indexed: 0, bytes: 0 };
}

export type ReadMode = 'measure' | 'plain' | 'in-flight';

/** Above this, reads in flight may take less time than one after another: they cost 20 to 30 µs each. In ms. */
const SLOW_MS = 0.045;
/** Reads whose median tells; a local disk has hiccups. */
const MEDIAN_OF_READS = 9;
/** Three in a row that took this long are no hiccup. In ms. */
const VERY_SLOW_MS = 1;
const VERY_SLOW_READS = 3;
/** Reads after which a way of reading is judged by what it took, and reads until the other is tried again. */
const TRIAL_READS = 256;
const REVIEW_READS = 4096;
/** What reads in flight may take of the time that one after another took, to be kept. */
const MAX_IN_FLIGHT_RATIO = 0.9;
/** Threads that reads in flight can have; Node's own default is 4. */
const MAX_THREADS = 128;
/** How long the thread may be held before signals and timers get their turn. In ms. */
const YIELD_EVERY_MS = 8;
/** Answers given from memory between looks at the clock. */
const CLOCK_CHECK_EVERY_ITEMS = 256;

/**
 * Chooses between reading one after another and reads in flight, by what each takes here and now. On a
 * warm cache the first is several times faster; on a cold one, or over a network, the other.
 */
class ReadPace {
  isInFlight = false;
  #recent: number[] = [];
  #isSlow = false;
  /** ms for one item, all that is done with it included: one after another, over the last few. */
  #plainMs = 0;
  #lastPlain: number | undefined;
  #trialStart = 0;
  #done = 0;
  /** Items before another trial: a failed one is not repeated soon. */
  #patience = 0;
  #backOff = REVIEW_READS;

  /** Takes note of a read that held up the thread. */
  plainRead(ms: number): void {
    this.#recent.push(ms);
    const last = this.#recent.slice(-VERY_SLOW_READS);
    if (last.length === VERY_SLOW_READS && last.every((one) => one > VERY_SLOW_MS)) {
      this.#isSlow = true;
    }
    if (this.#recent.length < MEDIAN_OF_READS) return;
    const median = this.#recent.toSorted((a, b) => a - b)[MEDIAN_OF_READS >> 1] as number;
    this.#isSlow = median > SLOW_MS;
    this.#recent = [];
  }

  /** Takes note of what items took that were read one after another, and chooses for the next. */
  plainDone(ms: number, items: number, now: number): void {
    const each = ms / items;
    this.#plainMs = this.#plainMs === 0 ? each : this.#plainMs * 0.9 + each * 0.1;
    this.#done += items;
    if (!this.#isSlow || this.#done < this.#patience) return;
    this.isInFlight = true;
    this.#trialStart = now;
    this.#done = 0;
  }

  /** Takes note of an item that is done, and chooses for the next. */
  itemDone(now: number): void {
    if (this.isInFlight) {
      this.#done++;
      this.#reviewFlight(now);
      return;
    }
    if (this.#lastPlain !== undefined) this.plainDone(now - this.#lastPlain, 1, now);
    this.#lastPlain = now;
  }

  #reviewFlight(now: number): void {
    if (this.#done % TRIAL_READS !== 0) return;
    const ms = (now - this.#trialStart) / TRIAL_READS;
    this.#trialStart = now;
    const isWorth = ms < this.#plainMs * MAX_IN_FLIGHT_RATIO;
    // Once in a while it is looked at whether the storage has become quick.
    if (isWorth && this.#done < REVIEW_READS) return;
    this.isInFlight = false;
    this.#isSlow = false;
    this.#lastPlain = undefined;
    this.#patience = isWorth ? 0 : this.#backOff;
    if (!isWorth) this.#backOff *= 2;
    this.#done = 0;
  }
}

/** The one bound on reads in this process, and the pace at which they are done. */
export class ReadScheduler {
  readonly stats = noReads();
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #chooser = new ReadPace();
  #lastBreath = performance.now();

  /**
   * @param jobs most files read at once, from 1
   * @param mode `measure` chooses while it runs; the others are for tests and benchmarks
   */
  constructor(
    readonly jobs: number,
    readonly mode: ReadMode = 'measure',
  ) {
    this.#limit = pLimit(jobs);
  }

  /** Whether reads are kept in flight by now. */
  get isInFlight(): boolean {
    if (this.jobs === 1 || this.mode === 'plain') return false;
    return this.mode === 'in-flight' || this.#chooser.isInFlight;
  }

  /** Adds what others have read within the bound. */
  addStats(stats: ReadStats): void {
    for (const key of Object.keys(stats) as (keyof ReadStats)[]) this.stats[key] += stats[key];
  }

  /** Leaves some of the bound to others, who read one file at a time each. */
  reserve(readers: number): void {
    this.#limit.concurrency = Math.max(1, this.jobs - readers);
  }

  /**
   * Shows the answers to `visit`, in the order of the items, until it returns true. Takes an item only
   * when its turn comes: where the visit stops, at most `jobs` items are read and unused, and none
   * where they are read one after another.
   */
  async each<T, R>(
    items: readonly T[],
    work: ReadTask<T, R>,
    visit: (answer: R, item: T) => boolean | undefined,
  ): Promise<void> {
    let next = 0;
    const window: { item: T; answer: R | Promise<R> }[] = [];
    let untilBreath = CLOCK_CHECK_EVERY_ITEMS;
    for (;;) {
      if (--untilBreath <= 0) {
        untilBreath = CLOCK_CHECK_EVERY_ITEMS;
        if (performance.now() - this.#lastBreath > YIELD_EVERY_MS) await this.yieldToEventLoop();
      }
      while (this.isInFlight && window.length < this.jobs) {
        if (next === items.length) break;
        const item = items[next++] as T;
        const answer = work.known(item) ?? this.#begin(item, work);
        // Whoever awaits it hears of an error; one that nobody awaits any more is no crash.
        if (answer instanceof Promise) answer.catch(() => {});
        window.push({ item, answer });
      }
      const first = window.shift();
      if (first) {
        if (visit(await first.answer, first.item)) return;
        if (first.answer instanceof Promise) this.#chooser.itemDone(performance.now());
        continue;
      }
      if (next === items.length) return;
      const item = items[next++] as T;
      const known = work.known(item);
      const answer = known ?? work.now(item);
      if (visit(answer instanceof Promise ? await answer : answer, item)) return;
      if (known !== undefined) continue;
      const now = performance.now();
      this.#chooser.itemDone(now);
      if (now - this.#lastBreath > YIELD_EVERY_MS) untilBreath = 0;
    }
  }

  #begin<T, R>(item: T, work: ReadTask<T, R>): Promise<R> {
    // Counts as long as nothing has used a thread yet, and nothing at start-up does.
    process.env.UV_THREADPOOL_SIZE ??= String(Math.min(Math.max(4, this.jobs), MAX_THREADS));
    return this.#limit(() => work.later(item));
  }

  /** Does a read at once, and learns from the time that it takes. */
  timed<R>(read: () => R): R {
    if (this.jobs === 1) return read();
    const start = performance.now();
    const answer = read();
    this.#chooser.plainRead(performance.now() - start);
    return answer;
  }

  /** Learns from the time that items took which were read one after another elsewhere. */
  noteReads(ms: number, items: number): void {
    if (items > 0) this.#chooser.plainDone(ms, items, performance.now());
  }

  /** Lets signals and timers have their turn. */
  async yieldToEventLoop(): Promise<void> {
    await breathe();
    this.#lastBreath = performance.now();
  }
}
