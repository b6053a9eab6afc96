import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { monotonicMs } from '../time/monotonic.ts';
import { ReadPace } from './read-pace.ts';
import { noReads, type ReadStats } from './read-stats.ts';

/** Says that an item should be read alone, on this thread, once all items before it are done. */
export const READ_AT_ITS_TURN = Symbol('read at its turn');

/** Ways to get the answer for an item. */
export interface ReadTask<T, R> {
  /** The answer, if it is known without reading anything. */
  known(item: T): R | undefined;
  /** Reads on this thread. The answer is a promise only if it has to wait for something. */
  now(item: T): R | Promise<R>;
  /** Reads without blocking the thread. */
  later(item: T): Promise<R | typeof READ_AT_ITS_TURN>;
}

export type ReadMode = 'measure' | 'plain' | 'in-flight';
/** Most threads for reads in flight. Node's default is 4. */
const MAX_THREADS = 128;
/** How long the thread may be busy before signals and timers get their turn. In ms. */
const YIELD_EVERY_MS = 8;
/** Items after which the clock is checked. */
const CLOCK_CHECK_EVERY_ITEMS = 256;

/** Decides when event files are read: it holds the one bound on reads in this process, and their pace. */
export class ReadScheduler {
  readonly stats = noReads();
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #pace = new ReadPace();
  #lastYield = monotonicMs();

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

  /** Whether the next reads will be in flight. */
  get isInFlight(): boolean {
    if (this.jobs === 1 || this.mode === 'plain') return false;
    return this.mode === 'in-flight' || this.#pace.isInFlight;
  }

  /** Adds what worker threads have read. */
  addStats(stats: ReadStats): void {
    for (const key of Object.keys(stats) as (keyof ReadStats)[]) this.stats[key] += stats[key];
  }

  /** Leaves a part of the bound to worker threads, which read one file at a time each. */
  reserve(readers: number): void {
    this.#limit.concurrency = Math.max(1, this.jobs - readers);
  }

  /**
   * Shows the answers to `visit`, in the order of the items, until it returns true. An item is taken only when its
   * turn comes: when the visit stops, at most `jobs` items have been read without being used, and none if they are read one after
   * another.
   */
  async each<T, R>(
    items: readonly T[],
    task: ReadTask<T, R>,
    visit: (answer: R, item: T) => boolean | undefined,
  ): Promise<void> {
    let next = 0;
    const window: { item: T; answer: R | Promise<R | typeof READ_AT_ITS_TURN> }[] = [];
    let untilClockCheck = CLOCK_CHECK_EVERY_ITEMS;
    for (;;) {
      if (--untilClockCheck <= 0) {
        untilClockCheck = CLOCK_CHECK_EVERY_ITEMS;
        if (monotonicMs() - this.#lastYield > YIELD_EVERY_MS) await this.yieldToEventLoop();
      }
      while (this.isInFlight && window.length < this.jobs) {
        if (next === items.length) break;
        const item = items[next++] as T;
        const answer = task.known(item) ?? this.#begin(item, task);
        // An error reaches whoever awaits the answer. One that is no longer awaited must not end the process.
        if (answer instanceof Promise) answer.catch(() => {});
        window.push({ item, answer });
      }
      const first = window.shift();
      if (first) {
        const begun = await first.answer;
        const answer = begun === READ_AT_ITS_TURN ? await task.now(first.item) : begun;
        if (visit(answer as R, first.item)) return;
        if (first.answer instanceof Promise) this.#pace.itemDone(monotonicMs());
        continue;
      }
      if (next === items.length) return;
      const item = items[next++] as T;
      const known = task.known(item);
      const answer = known ?? task.now(item);
      if (visit(answer instanceof Promise ? await answer : answer, item)) return;
      if (known !== undefined) continue;
      const now = monotonicMs();
      this.#pace.itemDone(now);
      if (now - this.#lastYield > YIELD_EVERY_MS) untilClockCheck = 0;
    }
  }

  #begin<T, R>(item: T, task: ReadTask<T, R>): Promise<R | typeof READ_AT_ITS_TURN> {
    // It takes effect only before the first use of a thread, and nothing at start-up uses one.
    process.env.UV_THREADPOOL_SIZE ??= String(Math.min(Math.max(4, this.jobs), MAX_THREADS));
    return this.#limit(() => task.later(item));
  }

  /** Does a read on this thread, and learns from the time that it takes. */
  timed<R>(read: () => R): R {
    if (this.jobs === 1) return read();
    const start = monotonicMs();
    const answer = read();
    this.#pace.plainRead(monotonicMs() - start);
    return answer;
  }

  /** Learns from the time of items that were read one after another by somebody else. In ms. */
  noteReads(ms: number, items: number): void {
    if (items > 0) this.#pace.plainDone(ms, items, monotonicMs());
  }

  /** Gives signals and timers their turn. */
  async yieldToEventLoop(): Promise<void> {
    await nextTurn();
    this.#lastYield = monotonicMs();
  }
}
