import { type Fault, isFault, type LoadedEvent } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { Ask, Source } from '../domain/event-source.ts';
import type { Line } from './page.ts';

/** A line of an answer with what is shown of its event. */
export interface Item<T> {
  readonly slot: Slot;
  readonly row: T;
  readonly isHit: boolean;
  readonly afterGap: boolean;
}

/** Keeps of an event what is shown of it, so that bodies need not be held. */
export type Select<T> = (event: LoadedEvent, isHit: boolean) => T;

/** A hit that stands alone, as one that has just landed does. */
export function itemOf<T>(event: LoadedEvent, select: Select<T>): Item<T> {
  return { slot: event.slot, row: select(event, true), isHit: true, afterGap: false };
}

const ALL: Ask = { body: () => true, mayNeedBody: true, once: true };
/** Items, and bytes of events, that are made at a time. */
const BATCH = 256;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * The events of an answer's lines, read as they are taken: an answer can be larger than memory.
 *
 * @param skipped takes in what can't be read any more
 */
export async function* itemsOf<T>(
  source: Source,
  lines: readonly Line[],
  select: Select<T>,
  skipped: Fault[],
): AsyncGenerator<Item<T>> {
  for (let next = 0; next < lines.length; ) {
    const batch = lines.slice(next, next + BATCH);
    const items: Item<T>[] = [];
    let bytes = 0;
    let at = 0;
    await source.visit(
      batch.map(({ place }) => place),
      ALL,
      (seen, event) => {
        const { isHit, afterGap } = batch[at++] as Line;
        if (event) items.push({ slot: event.slot, row: select(event, isHit), isHit, afterGap });
        else if (isFault(seen)) skipped.push(seen);
        bytes += event?.bytes ?? 0;
        return bytes > BATCH_BYTES;
      },
    );
    next += at;
    yield* items;
  }
}
