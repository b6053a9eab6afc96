import type { ReadOutcome } from '../domain/event.ts';

/** Whole conversations of the usual size. Parsed, events take several times the memory of their text. */
const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/** Events that were read and parsed, kept for later scans as long as their texts fit into a bound. */
export class EventMemory {
  readonly #outcomes = new Map<string, ReadOutcome>();
  #bytes = 0;

  /** @param maxBytes most bytes of event files that are kept */
  constructor(readonly maxBytes = DEFAULT_MAX_BYTES) {}

  get isEmpty(): boolean {
    return this.#outcomes.size === 0;
  }

  /** What is remembered of the file of this name. */
  get(name: string): ReadOutcome | undefined {
    return this.#outcomes.get(name);
  }

  /** Keeps an outcome, if it fits. @returns the same outcome */
  keep(outcome: ReadOutcome): ReadOutcome {
    const { name } = outcome.slot;
    this.forget(name);
    if (this.#bytes + outcome.bytes <= this.maxBytes) {
      this.#outcomes.set(name, outcome);
      this.#bytes += outcome.bytes;
    }
    return outcome;
  }

  forget(name: string): void {
    const outcome = this.#outcomes.get(name);
    if (!outcome) return;
    this.#outcomes.delete(name);
    this.#bytes -= outcome.bytes;
  }
}
