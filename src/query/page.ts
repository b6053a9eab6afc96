/** An event that can be part of a result. Candidates come in the order of the result. */
export interface Candidate {
  readonly position: number;
  readonly isHit: boolean;
}

/** A line of a result. */
export interface ResultLine extends Candidate {
  /** False for context around a hit. */
  readonly isHit: boolean;
  /** Events were left out between the line before this one and this one. */
  readonly afterGap: boolean;
}

export interface PageOptions {
  /** Hits wanted. */
  readonly limit: number;
  /** Events wanted before and after each hit. */
  readonly before: number;
  readonly after: number;
  /** How many events behind the last hit to look at for the next hit. */
  readonly lookahead: number;
}

/** Collects one page of a result from its candidates, taken in order, and says when it has enough. */
export class Page {
  readonly lines: ResultLine[] = [];
  /** Position at which the next page begins: the next hit, or an event that need not match if no hit is near. */
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
