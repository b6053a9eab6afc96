import { type Fault, isFault, type LoadedEvent } from '../model/event.ts';
import type { Filter } from './filter.ts';
import type { Source } from './source.ts';

export interface TailResult {
  /** In index order. */
  readonly events: readonly LoadedEvent[];
  readonly skipped: readonly Fault[];
  readonly scanned: number;
  readonly complete: boolean;
  readonly kinds: ReadonlySet<string>;
}

/** The last events that pass a filter: read from the end, and no more than it takes. */
export async function tail(source: Source, filter: Filter, count: number): Promise<TailResult> {
  const events: LoadedEvent[] = [];
  const skipped: Fault[] = [];
  const kinds = new Set<string>();
  const admitted = source.slots.filter((slot) => filter.admits(slot)).reverse();
  let scanned = 0;
  if (count > 0) {
    for await (const outcome of source.read(admitted)) {
      scanned++;
      if (isFault(outcome)) skipped.push(outcome);
      else {
        kinds.add(outcome.entry.kind);
        if (filter.passes(outcome)) events.push(outcome);
      }
      if (events.length === count) break;
    }
  }
  return {
    events: events.reverse(),
    skipped: skipped.reverse(),
    scanned,
    complete: scanned === admitted.length,
    kinds,
  };
}
