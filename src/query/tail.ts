import { type Fault, isFault, type LoadedEvent } from '../model/event.ts';
import type { Filter } from './filter.ts';
import type { Item } from './page.ts';
import type { Source } from './source.ts';

export interface TailResult<T> {
  /** What was kept of the events, in index order. */
  readonly items: readonly Item<T>[];
  readonly skipped: readonly Fault[];
  readonly scanned: number;
  readonly complete: boolean;
  readonly kinds: ReadonlySet<string>;
}

/**
 * The last events that pass a filter: read from the end, and no more than it takes.
 *
 * @param count how many
 * @param select what to keep of an event, so that bodies need not be held
 * @throws ConversationGone
 */
export async function tail<T>(
  source: Source,
  filter: Filter,
  count: number,
  select: (event: LoadedEvent) => T,
): Promise<TailResult<T>> {
  const items: Item<T>[] = [];
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
        if (filter.passes(outcome)) items.push(itemOf(outcome, select));
      }
      if (items.length === count) break;
    }
  }
  return {
    items: items.reverse(),
    skipped: skipped.reverse(),
    scanned,
    complete: scanned === admitted.length,
    kinds,
  };
}

/** A hit that stands alone, as one in a tail does. */
export function itemOf<T>(event: LoadedEvent, select: (event: LoadedEvent) => T): Item<T> {
  return { slot: event.slot, row: select(event), isHit: true, afterGap: false };
}
