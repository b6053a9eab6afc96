import type { EventSource, ScanOptions } from '../domain/scan.ts';
import { withFilter } from './filtered-scan.ts';
import { SearchProgress } from './search-progress.ts';
import type { SearchRequest, SearchResult } from './search-request.ts';
import { compareKeys, type HitKey, positionsBetween, type TimeKey, timeOf } from './time-order.ts';

/** A first page is in order if no event is further than this, in positions, from where its time belongs. */
export const REORDER_WINDOW_EVENTS = 32;
/** Events spread evenly over the log whose times are checked, to notice disorder on a large scale. */
const PROBED_EVENTS = 16;
/** How far behind a full page to look for the next hit. */
export const LOOKAHEAD_EVENTS = 8;

const ENTRIES_ONLY: ScanOptions = { needsBody: () => false, mayNeedBodies: false };

/**
 * The first page of a limited search, read no further than the limit needs. Events are merged through a window, until
 * no event within REORDER_WINDOW_EVENTS positions can still come before those on the page. A few events spread over the
 * log are checked as well, and all whose times the index knows.
 *
 * @param ordered positions in index order, reversed if the search is descending
 * @returns undefined if an event is further out of place than the window, so that all events must be read
 * @throws ConversationGone
 */
export async function searchFirstPage(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
): Promise<SearchResult | undefined> {
  const { descending, filter } = request;
  const progress = new SearchProgress(request);
  const compare = compareKeys(descending);
  const probes = await probe(source, request, ordered);
  const page = progress.newPage(LOOKAHEAD_EVENTS);
  const near: HitKey[] = [];
  let last: TimeKey | undefined;
  let isFull = false;
  let isDisordered = false;
  const settleFirst = () => {
    const first = near.shift() as HitKey;
    last = first;
    isFull = page.take(first);
  };
  await source.scan(
    ordered,
    filter.scanOptions,
    withFilter(filter, {
      entry(entry, isHit, position) {
        probes.delete(position);
        progress.look(entry);
        const key = { position, time: timeOf(entry, position, request), isHit };
        if (last && compare(key, last) < 0) {
          isDisordered = true;
          return true;
        }
        insert(near, key, compare);
        // The position of the first one counts too: `near` may be full of events stamped far ahead.
        const isSettled = ([first]: HitKey[]) =>
          first && positionsBetween(first.position, position, descending) >= REORDER_WINDOW_EVENTS;
        while (!isFull && near.length > REORDER_WINDOW_EVENTS && isSettled(near)) settleFirst();
        return isFull;
      },
      onlyInFiles: () => void progress.onlyInFiles++,
      fault(fault, position) {
        probes.delete(position);
        return progress.skip(fault);
      },
    }),
  );
  if (isDisordered) return undefined;
  while (!isFull && near.length > 0) settleFirst();
  const comesBefore = (key: TimeKey | undefined) => last && key && compare(key, last) < 0;
  for (const key of probes.values()) if (comesBefore(key)) return undefined;
  for (const position of ordered.slice(progress.scanned)) {
    const entry = source.peekEntry(position);
    if (comesBefore(entry && { position, time: timeOf(entry, position, request) }))
      return undefined;
  }
  return progress.result(page, source, progress.scanned === ordered.length);
}

/** Times of events spread evenly over the log, its last one included, by position. */
async function probe(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
): Promise<Map<number, TimeKey>> {
  const step = (ordered.length - 1) / PROBED_EVENTS;
  const positions = Array.from(
    { length: PROBED_EVENTS },
    (_, at) => ordered[Math.round(step * (at + 1))] as number,
  );
  const probes = new Map<number, TimeKey>();
  await source.scan(positions, ENTRIES_ONLY, {
    entry(entry, _, position) {
      probes.set(position, { position, time: timeOf(entry, position, request) });
      return undefined;
    },
    fault: () => undefined, // the search itself reports it
  });
  return probes;
}

/** Keeps `near` sorted. A new key nearly always belongs at the end. */
function insert(near: HitKey[], key: HitKey, compare: (a: TimeKey, b: TimeKey) => number): void {
  let at = near.length;
  while (at > 0 && compare(near[at - 1] as HitKey, key) > 0) at--;
  near.splice(at, 0, key);
}
