import { setImmediate as breathe } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Two ways to do one piece of work: at once, or without holding up the thread. */
export interface Work<T, R> {
  /** The answer, where it is known already: nothing is read for it. */
  known(item: T): R | undefined;
  now(item: T): R;
  later(item: T): Promise<R>;
}

/** What was done to event files, all conversations of a run together. */
export interface ReadStats {
  opened: number;
  read: number;
  parsed: number;
  /** Answers given from memory. */
  remembered: number;
  bytes: number;
}

export type Pace = 'measure' | 'plain' | 'in-flight';

/** Above this a read is slow enough for reads in flight to pay for themselves. In ms. */
const SLOW_MS = 0.4;
const SAMPLE = 5;
/** How long the thread may be held before signals and timers get their turn. In ms. */
const BREATH_MS = 8;

/**
 * The one bound on reads in this process. Reads one after another while the storage answers quickly,
 * for on a warm cache nothing is faster, and keeps up to `jobs` reads in flight once it is slow.
 */
export class ReadPool {
  readonly stats: ReadStats = { opened: 0, read: 0, parsed: 0, remembered: 0, bytes: 0 };
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #recent: number[] = [];
  #inFlight: boolean;
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
    this.#inFlight = pace === 'in-flight' && jobs > 1;
  }

  /** Whether reads are kept in flight by now. */
  get isInFlight(): boolean {
    return this.#inFlight;
  }

  /**
   * Answers in the order of the items. Takes an item only when its turn comes: a caller that stops
   * leaves at most `jobs` items read and unused, and none where the storage is fast.
   */
  async *map<T, R>(items: Iterable<T>, work: Work<T, R>): AsyncGenerator<R> {
    const source = items[Symbol.iterator]();
    const window: (R | Promise<R>)[] = [];
    for (;;) {
      await this.#breathe();
      while (this.#inFlight && window.length < this.jobs) {
        const next = source.next();
        if (next.done) break;
        const answer = work.known(next.value) ?? this.#limit(() => work.later(next.value));
        // Whoever awaits it hears of an error; one that nobody awaits any more is no crash.
        if (answer instanceof Promise) answer.catch(() => {});
        window.push(answer);
      }
      const first = window.shift();
      if (first !== undefined) {
        yield await first;
        continue;
      }
      const next = source.next();
      if (next.done) return;
      yield work.known(next.value) ?? work.now(next.value);
    }
  }

  /** Does a read at once, and learns from the time that it takes. */
  timed<R>(read: () => R): R {
    if (this.pace !== 'measure' || this.jobs === 1) return read();
    const start = performance.now();
    const answer = read();
    this.#recent.push(performance.now() - start);
    if (this.#recent.length > SAMPLE) this.#recent.shift();
    // The median, so that one hiccup does not decide.
    const median = this.#recent.toSorted((a, b) => a - b)[SAMPLE >> 1];
    if (this.#recent.length === SAMPLE && median! > SLOW_MS) this.#inFlight = true;
    return answer;
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < BREATH_MS) return;
    await breathe();
    this.#lastBreath = performance.now();
  }
}
