import type { Fault, LoadedEvent } from '../domain/event.ts';
import { EACH_EVENT, type EventSource } from '../domain/scan.ts';
import type { Slot } from '../domain/slot.ts';
import type { ResultLine } from './page.ts';

/** A line of a result, with what is shown of its event. */
export interface ResultItem<T> {
  readonly slot: Slot;
  readonly row: T;
  readonly isHit: boolean;
  readonly afterGap: boolean;
}

/** Keeps of an event only what is shown of it, so that the event itself need not stay in memory. */
export type SelectRow<T> = (event: LoadedEvent, isHit: boolean) => T;

/** A hit on its own, such as an event that was just written. */
export function itemOf<T>(event: LoadedEvent, select: SelectRow<T>): ResultItem<T> {
  return { slot: event.slot, row: select(event, true), isHit: true, afterGap: false };
}

/** Items, and bytes of events, that are read at a time. */
const BATCH_EVENTS = 256;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * The events of a result's lines, read as they are taken: a result can be larger than memory.
 *
 * @param skipped receives the events that can no longer be read
 * @throws ConversationGone
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
    const positions = batch.map(({ position }) => position);
    await source.scan(positions, EACH_EVENT, {
      entry(_, event) {
        const { isHit, afterGap } = batch[at++] as ResultLine;
        if (event) items.push({ slot: event.slot, row: select(event, isHit), isHit, afterGap });
        bytes += event?.bytes ?? 0;
        return bytes > BATCH_BYTES;
      },
      fault(fault) {
        at++;
        skipped.push(fault);
        return undefined;
      },
    });
    next += at;
    yield* items;
  }
}
