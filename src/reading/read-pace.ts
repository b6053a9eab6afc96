/** If reads take longer than this, reads in flight may take less time: they cost 20 to 30 µs each. In ms. */
const SLOW_MS = 0.045;

/** Reads whose median is judged, because a local disk has slow moments. */
const MEDIAN_OF_READS = 9;

/** If this many reads in a row take this long, the storage is slow. In ms. */
const VERY_SLOW_MS = 1;

const VERY_SLOW_READS = 3;

/** Reads after which reads in flight are judged by the time that they took. */
const TRIAL_READS = 256;

/** Reads after which reading one after another is tried again. */
const REVIEW_READS = 4096;

/** Reads in flight are kept if they take at most this share of the time of reads one after another. */
const MAX_IN_FLIGHT_RATIO = 0.9;

/**
 * Chooses between reading files one after another and reads in flight, by the time that each takes here and now. On a
 * warm cache the first is several times faster; on a cold one, or over a network, the second is.
 */
export class ReadPace {
  isInFlight = false;
  #recent: number[] = [];
  #isSlow = false;
  /** Time for one item when they are read one after another, processing included. A moving average, in ms. */
  #plainMs = 0;
  #lastPlain: number | undefined;
  #trialStart = 0;
  #done = 0;
  /** Items before the next trial: one that failed is not repeated soon. */
  #patience = 0;
  #backOff = REVIEW_READS;

  /** Records a read that blocked the thread. */
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

  /** Records the time of items that were read one after another, and chooses how to read the next. */
  plainDone(ms: number, items: number, now: number): void {
    const each = ms / items;
    this.#plainMs = this.#plainMs === 0 ? each : this.#plainMs * 0.9 + each * 0.1;
    this.#done += items;
    if (!this.#isSlow || this.#done < this.#patience) return;
    this.isInFlight = true;
    this.#trialStart = now;
    this.#done = 0;
  }

  /** Records that an item is done, and chooses how to read the next. */
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
    const isWorthIt = ms < this.#plainMs * MAX_IN_FLIGHT_RATIO;
    // Now and then, see whether the storage has become fast.
    if (isWorthIt && this.#done < REVIEW_READS) return;
    this.isInFlight = false;
    this.#isSlow = false;
    this.#lastPlain = undefined;
    this.#patience = isWorthIt ? 0 : this.#backOff;
    if (!isWorthIt) this.#backOff *= 2;
    this.#done = 0;
  }
}
