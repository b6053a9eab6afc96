import { type Fault, isFault, type LoadedEvent } from '../domain/event.ts';
import type { EventSource, ScanOptions } from '../domain/event-source.ts';
import type { Slot } from '../domain/slot.ts';
import type { ResultLine } from './page.ts';

/** A line of an answer with what is shown of its event. */
export interface ResultItem<T> {
  readonly slot: Slot;
  readonly row: T;
  readonly isHit: boolean;
  readonly afterGap: boolean;
}

/** Keeps of an event what is shown of it, so that bodies need not be held. */
export type SelectRow<T> = (event: LoadedEvent, isHit: boolean) => T;

/** A hit that stands alone, as one that has just landed does. */
export function itemOf<T>(event: LoadedEvent, select: SelectRow<T>): ResultItem<T> {
  return { slot: event.slot, row: select(event, true), isHit: true, afterGap: false };
}

const WHOLE_EVENTS: ScanOptions = { needsBody: () => true, mayNeedBodies: true, isLastPass: true };
/** Items, and bytes of events, that are made at a time. */
const BATCH_EVENTS = 256;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * The events of an answer's lines, read as they are taken: an answer can be larger than memory.
 *
 * @param skipped takes in what can't be read any more
 */
export async function* itemsOf<T>(
  source: EventSource,
  lines: readonly ResultLine[],
  select: SelectRow<T>,
  skipped: Fault[],
): AsyncGenerator<ResultItem<T>> {
  for (let next = 0; next < lines.length; ) {
    const batch = lines.slice(next, next + BATCH_EVENTS);
    const items: ResultItem<T>[] = [];
    let bytes = 0;
    let at = 0;
    await source.scan(
      batch.map(({ position }) => position),
      WHOLE_EVENTS,
      (seen, event) => {
        const { isHit, afterGap } = batch[at++] as ResultLine;
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
