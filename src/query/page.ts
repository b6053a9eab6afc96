/** An event that takes part in an answer, as it comes along in the answer's order. */
export interface Candidate {
  readonly position: number;
  readonly isHit: boolean;
}

/** A line of an answer. */
export interface ResultLine extends Candidate {
  /** False for context around a hit. */
  readonly isHit: boolean;
  /** Events were left out between the line before and this one. */
  readonly afterGap: boolean;
}

export interface PageOptions {
  /** Hits wanted. */
  readonly limit: number;
  /** Events wanted before and after each hit. */
  readonly before: number;
  readonly after: number;
  /** How many events past the last hit to look at for the next one. */
  readonly lookahead: number;
}

/** Gathers one page of an answer from its candidates, taken in order, and says when it has enough. */
export class Page {
  readonly lines: ResultLine[] = [];
  /** Where the next page begins: the next hit, or, where none is near, an event that need not match. */
  next: number | undefined;
  #hits = 0;
  #waiting: Candidate[] = [];
  #sinceHit = Number.POSITIVE_INFINITY;
  #pastLimit = 0;
  #skipped = false;

  constructor(readonly options: PageOptions) {}

  /** @returns true once nothing more is needed */
  take(candidate: Candidate): boolean {
    const { limit, before, after, lookahead } = this.options;
    const isFull = this.#hits >= limit;
    this.#sinceHit++;
    if (isFull) {
      this.#pastLimit++;
      if (candidate.isHit || this.#pastLimit >= lookahead) this.next ??= candidate.position;
    }
    if (candidate.isHit && !isFull) {
      for (const context of this.#waiting.splice(0)) this.#add(context, false);
      this.#add(candidate, true);
      this.#hits++;
      this.#sinceHit = 0;
    } else if (this.#sinceHit <= after) this.#add(candidate, false);
    else if (before > 0 && !isFull) {
      this.#waiting.push(candidate);
      if (this.#waiting.length > before) {
        this.#waiting.shift();
        this.#skipped = true;
      }
    } else this.#skipped = true;
    return this.#hits >= limit && this.next !== undefined && this.#sinceHit >= after;
  }

  #add({ position }: Candidate, isHit: boolean): void {
    this.lines.push({ position, isHit, afterGap: this.#skipped && this.lines.length > 0 });
    this.#skipped = false;
  }
}
