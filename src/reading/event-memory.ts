import { isFault, type ReadOutcome } from '../domain/event.ts';
import { heapCostOf, MAX_COST_PER_BYTE } from '../text/json-cost.ts';

/** Whole conversations of the usual size. Parsed, events take several times the memory of their text. */
const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;
/** Memory of parsed events for each byte of text that is kept. */
const HEAP_BYTES_PER_BYTE = 8;

/** Events that were read and parsed, kept for later scans as long as they fit into a bound. */
export class EventMemory {
  readonly #outcomes = new Map<string, { outcome: ReadOutcome; heapBytes: number }>();
  #bytes = 0;
  /** Estimated memory of the parsed events, at most. */
  #heapBytes = 0;

  /** @param maxBytes most bytes of event files that are kept */
  constructor(readonly maxBytes = DEFAULT_MAX_BYTES) {}

  get isEmpty(): boolean {
    return this.#outcomes.size === 0;
  }

  /** What is remembered of the file of this name. */
  get(name: string): ReadOutcome | undefined {
    return this.#outcomes.get(name)?.outcome;
  }

  /** Keeps an outcome, if it fits. @returns the same outcome */
  keep(outcome: ReadOutcome): ReadOutcome {
    const { name } = outcome.slot;
    this.forget(name);
    if (this.#bytes + outcome.bytes > this.maxBytes) return outcome;
    const heapBytes = heapBytesOf(outcome, this.maxBytes * HEAP_BYTES_PER_BYTE - this.#heapBytes);
    if (heapBytes === undefined) return outcome;
    this.#outcomes.set(name, { outcome, heapBytes });
    this.#bytes += outcome.bytes;
    this.#heapBytes += heapBytes;
    return outcome;
  }

  forget(name: string): void {
    const kept = this.#outcomes.get(name);
    if (!kept) return;
    this.#outcomes.delete(name);
    this.#bytes -= kept.outcome.bytes;
    this.#heapBytes -= kept.heapBytes;
  }
}

/** The most memory that an outcome can take; undefined if that is more than there is room for. In bytes. */
function heapBytesOf(outcome: ReadOutcome, room: number): number | undefined {
  if (isFault(outcome)) return 0;
  // Counting takes time, so it is done only where it can matter.
  const most = outcome.bytes * MAX_COST_PER_BYTE;
  if (most <= room) return most;
  const counted = heapCostOf(Buffer.from(outcome.text), room);
  return counted <= room ? counted : undefined;
}
