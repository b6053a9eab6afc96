import { setImmediate as breathe } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Two ways to do one piece of work: at once, or without holding up the thread. */
export interface Work<T, R> {
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

export type Pace = 'measure' | 'plain' | 'in-flight';

/** Above this, reads in flight may take less time than one after another: they cost 20 to 30 µs each. In ms. */
const SLOW_MS = 0.045;
/** This is no hiccup of a local disk. In ms. */
const VERY_SLOW_MS = 1;
/** What reads must score to be taken for slow: 12 slow ones in a row, or 3 very slow ones. */
const SLOW_SCORE = 12;
/** Reads after which a way of reading is judged by what it took, and reads until the other is tried again. */
const TRIAL = 256;
const REVIEW = 4096;
/** What reads in flight may take of the time that one after another took, to be kept. */
const WORTH = 0.9;
/** Threads that reads in flight can have; Node's own default is 4. */
const MOST_THREADS = 128;
/** How long the thread may be held before signals and timers get their turn. In ms. */
const BREATH_MS = 8;

/**
 * Chooses between reading one after another and reads in flight, by what each takes here and now. On a
 * warm cache the first is several times faster; on a cold one, or over a network, the other.
 */
class Chooser {
  isInFlight = false;
  #slowScore = 0;
  /** ms for one item, all that is done with it included: one after another, over the last few. */
  #plainMs = 0;
  #lastPlain: number | undefined;
  #trialStart = 0;
  #done = 0;
  /** Items before another trial: a failed one is not repeated soon. */
  #patience = 0;
  #backOff = REVIEW;

  /** Takes note of a read that held up the thread. */
  plainRead(ms: number): void {
    const score = ms > VERY_SLOW_MS ? 4 : ms > SLOW_MS ? 1 : -2;
    this.#slowScore = Math.max(0, this.#slowScore + score);
  }

  /** Takes note of an item that is done, and chooses for the next. */
  itemDone(now: number): void {
    this.#done++;
    if (this.isInFlight) this.#reviewFlight(now);
    else this.#reviewPlain(now);
  }

  #reviewPlain(now: number): void {
    if (this.#lastPlain !== undefined) {
      const ms = now - this.#lastPlain;
      this.#plainMs = this.#plainMs === 0 ? ms : this.#plainMs * 0.9 + ms * 0.1;
    }
    this.#lastPlain = now;
    if (this.#slowScore < SLOW_SCORE || this.#done < this.#patience) return;
    this.isInFlight = true;
    this.#trialStart = now;
    this.#done = 0;
  }

  #reviewFlight(now: number): void {
    if (this.#done % TRIAL !== 0) return;
    const ms = (now - this.#trialStart) / TRIAL;
    this.#trialStart = now;
    const isWorth = ms < this.#plainMs * WORTH;
    // Once in a while it is looked at whether the storage has become quick.
    if (isWorth && this.#done < REVIEW) return;
    this.isInFlight = false;
    this.#slowScore = 0;
    this.#lastPlain = undefined;
    this.#patience = isWorth ? 0 : this.#backOff;
    if (!isWorth) this.#backOff *= 2;
    this.#done = 0;
  }
}

/** The one bound on reads in this process, and the pace at which they are done. */
export class ReadPool {
  readonly stats = noReads();
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #chooser = new Chooser();
  #lastBreath = performance.now();

  /**
   * @param jobs most files read at once, from 1
   * @param pace `measure` chooses while it runs; the others are for tests and benchmarks
   */
  constructor(
    readonly jobs: number,
    readonly pace: Pace = 'measure',
  ) {
    this.#limit = pLimit(jobs);
  }

  /** Whether reads are kept in flight by now. */
  get isInFlight(): boolean {
    if (this.jobs === 1 || this.pace === 'plain') return false;
    return this.pace === 'in-flight' || this.#chooser.isInFlight;
  }

  /** Leaves some of the bound to others, who read one file at a time each. */
  lend(readers: number): void {
    this.#limit.concurrency = Math.max(1, this.jobs - readers);
  }

  /**
   * Shows the answers to `visit`, in the order of the items, until it returns true. Takes an item only
   * when its turn comes: where the visit stops, at most `jobs` items are read and unused, and none
   * where they are read one after another.
   */
  async each<T, R>(
    items: Iterable<T>,
    work: Work<T, R>,
    visit: (answer: R, item: T) => boolean | undefined,
  ): Promise<void> {
    const source = items[Symbol.iterator]();
    const window: { item: T; answer: R | Promise<R> }[] = [];
    for (;;) {
      if (performance.now() - this.#lastBreath > BREATH_MS) await this.breathe();
      while (this.isInFlight && window.length < this.jobs) {
        const next = source.next();
        if (next.done) break;
        const answer = work.known(next.value) ?? this.#begin(next.value, work);
        // Whoever awaits it hears of an error; one that nobody awaits any more is no crash.
        if (answer instanceof Promise) answer.catch(() => {});
        window.push({ item: next.value, answer });
      }
      const first = window.shift();
      if (first) {
        if (visit(await first.answer, first.item)) return;
        if (first.answer instanceof Promise) this.#chooser.itemDone(performance.now());
        continue;
      }
      const next = source.next();
      if (next.done) return;
      const known = work.known(next.value);
      const answer = known ?? work.now(next.value);
      if (visit(answer instanceof Promise ? await answer : answer, next.value)) return;
      if (known === undefined) this.#chooser.itemDone(performance.now());
    }
  }

  #begin<T, R>(item: T, work: Work<T, R>): Promise<R> {
    // Counts as long as nothing has used a thread yet, and nothing at start-up does.
    process.env.UV_THREADPOOL_SIZE ??= String(Math.min(Math.max(4, this.jobs), MOST_THREADS));
    return this.#limit(() => work.later(item));
  }

  /** Does a read at once, and learns from the time that it takes. */
  timed<R>(read: () => R): R {
    const start = performance.now();
    const answer = read();
    this.#chooser.plainRead(performance.now() - start);
    return answer;
  }

  /** Lets signals and timers have their turn. */
  async breathe(): Promise<void> {
    await breathe();
    this.#lastBreath = performance.now();
  }
}
