import { isFault, type ReadOutcome } from '../domain/event.ts';
import type { Fact } from '../domain/facts/facts.ts';
import { factsStatedBy } from '../domain/facts/stated-facts.ts';

/**
 * Notices each time that a conversation ends. The last events are written after the state that says so, so the end is
 * taken only at a quiet moment.
 */
export class EndWatch {
  /** The end that was taken, while the conversation has not gone on. */
  #taken: string | undefined;
  #next: Fact<string> | undefined;

  /** @param ends the statuses that are ends */
  constructor(readonly ends: readonly string[]) {}

  /** An end has not been taken yet. */
  get isWaiting(): boolean {
    return this.#next !== undefined;
  }

  /** Takes notice of an event: one that states another status means that the conversation went on. */
  note(outcome: ReadOutcome): void {
    const status = isFault(outcome) ? undefined : factsStatedBy(outcome).status;
    if (status && !this.ends.includes(status.value)) this.#taken = undefined;
  }

  /** Takes notice of the status, if it may have changed. */
  look(status: Fact<string>): void {
    const isEnd = this.ends.includes(status.value);
    if (!isEnd) this.#taken = undefined;
    this.#next = isEnd && status.value !== this.#taken ? status : undefined;
  }

  /** The end that has not been taken yet. Call it at a quiet moment. */
  take(): Fact<string> | undefined {
    const next = this.#next;
    if (next) [this.#taken, this.#next] = [next.value, undefined];
    return next;
  }
}
