import { eventTimes } from '../domain/clock/joined-clock.ts';
import type { Entry } from '../domain/entry.ts';
import { CoreError } from '../domain/errors.ts';
import { ALL_ENTRIES, type EventSource, type ScanOptions } from '../domain/scan.ts';
import type { Slot } from '../domain/slot.ts';
import { withFilter } from './filtered-scan.ts';
import { LOOKAHEAD_EVENTS, REORDER_WINDOW_EVENTS, searchFirstPage } from './first-page.ts';
import { findPage } from './page-reference.ts';
import { SearchProgress } from './search-progress.ts';
import type { SearchRequest, SearchResult } from './search-request.ts';
import {
  compareKeys,
  type HitKey,
  noticingRepeats,
  positionsBetween,
  type TimeKey,
  timeOf,
} from './time-order.ts';

/*
 * A true order by time needs every timestamp, and a limit must stop the reading. A first page can have both, because
 * the writer appends: real logs are in order except for events that are stamped a few positions early. So a limited
 * search in a log of more than MIN_EVENTS_TO_STOP_EARLY events reads its first page through a window, see
 * first-page.ts. If any event turns out to be further out of place, all events are read. Later pages always read all
 * events, to find what an earlier page missed.
 */
const MIN_EVENTS_TO_STOP_EARLY = 128;
/** How often to search again if files prove to have changed since they were indexed. */
const MAX_ATTEMPTS = 3;

/**
 * Finds events, in order of time.
 *
 * @throws CoreError if the page begins at an event that does not exist, or can't be read
 * @throws ConversationGone
 */
export async function search(source: EventSource, request: SearchRequest): Promise<SearchResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await searchResolved(source, request);
    // What is shown must be what the file says now, not what an index says that it said.
    const isCurrent = source.confirmEntries(result.lines.map(({ position }) => position));
    if (isCurrent || attempt === MAX_ATTEMPTS) return result;
  }
}

/** Searches, and once more if a time occurs that the zone has twice: then the order of the log decides which is meant. */
async function searchResolved(source: EventSource, request: SearchRequest): Promise<SearchResult> {
  const zone = noticingRepeats(request.zone);
  const result = await searchOnce(source, { ...request, zone });
  if (!zone.hasRepeats) return result;
  const entries: (Entry | undefined)[] = new Array(source.slots.length);
  await source.scan([...source.slots.keys()], ALL_ENTRIES, {
    entry(entry, _, position) {
      entries[position] = entry;
      return undefined;
    },
    fault: () => undefined, // the search reports it
  });
  const clock = eventTimes(source.slots, entries, request.zone);
  return searchOnce(source, { ...request, clock });
}

async function searchOnce(source: EventSource, request: SearchRequest): Promise<SearchResult> {
  const { filter, descending, limit = Number.POSITIVE_INFINITY } = request;
  const wantsContext = request.before + request.after > 0;
  const all = Array.from({ length: source.slots.length }, (_, position) => position);
  const admitted = wantsContext ? all : filter.positionsIn(source.slots);
  const ordered = descending ? admitted.reverse() : admitted;
  if (request.page !== undefined) {
    const position = findPage(source.slots, request.page, descending);
    if (request.order === 'index') {
      const rest = ordered.filter((at) => positionsBetween(position, at, descending) >= 0);
      return searchInOrder(source, request, rest);
    }
    const begin = await pageKey(source, request, position);
    return searchAll(source, request, ordered, begin);
  }
  if (request.order === 'index') return searchInOrder(source, request, ordered);
  const isShort =
    request.readsAll || ordered.length <= MIN_EVENTS_TO_STOP_EARLY || ordered.length <= limit;
  const firstPage = isShort ? undefined : await searchFirstPage(source, request, ordered);
  return firstPage ?? searchAll(source, request, ordered);
}

const ENTRIES_ONLY: ScanOptions = { needsBody: () => false, mayNeedBodies: false };

async function pageKey(
  source: EventSource,
  request: SearchRequest,
  position: number,
): Promise<TimeKey> {
  let key: TimeKey | undefined;
  await source.scan([position], ENTRIES_ONLY, {
    entry(entry) {
      key = { position, time: timeOf(entry, position, request) };
      return undefined;
    },
    fault({ slot, message }) {
      throw new CoreError(
        'unreadable-event',
        `${slot.name}: ${message}, so the time of the event is not known`,
      );
    },
  });
  if (!key) throw new Error('a scan of one position gave nothing');
  return key;
}

/** Reads events in the order of the log, no further than the page needs. */
async function searchInOrder(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
): Promise<SearchResult> {
  const { filter, limit } = request;
  const progress = new SearchProgress(request);
  const page = progress.newPage(LOOKAHEAD_EVENTS);
  const options = { ...filter.scanOptions, readsAll: limit === undefined };
  const visitor = withFilter(filter, {
    entry(entry, isHit, position) {
      progress.look(entry);
      return page.take({ position, isHit });
    },
    onlyInFiles: () => void progress.onlyInFiles++,
    fault: (fault) => progress.skip(fault),
  });
  await source.scan(ordered, options, visitor);
  return progress.result(page, source, progress.scanned === ordered.length);
}

/** Reads every event, then sorts. */
async function searchAll(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
  begin?: TimeKey,
): Promise<SearchResult> {
  const { filter, descending } = request;
  const progress = new SearchProgress(request);
  const compare = compareKeys(descending);
  const found: HitKey[] = [];
  // A page needs its own hits, and one more, at which the next page begins.
  const enough = progress.wantsContext
    ? Number.POSITIVE_INFINITY
    : (request.limit ?? Number.POSITIVE_INFINITY) + 1;
  // Only a first page that a limit cut short can have missed an event.
  const mayBeDisplaced = !request.readsAll && ordered.length > MIN_EVENTS_TO_STOP_EARLY;
  await source.scan(
    ordered,
    { ...filter.scanOptions, readsAll: true },
    withFilter(filter, {
      entry(entry, isHit, position) {
        progress.look(entry);
        const isWanted = isHit || progress.wantsContext;
        if (!isWanted && !begin) return undefined; // most events of most searches need no time
        const key = { position, time: timeOf(entry, position, request), isHit };
        if (begin && compare(key, begin) < 0) {
          const distance = positionsBetween(begin.position, position, descending);
          if (mayBeDisplaced && distance > REORDER_WINDOW_EVENTS) {
            progress.displaced.push(source.slots.at(position) as Slot);
          }
        } else if (isWanted) found.push(key);
        if (found.length > 2 * enough + MIN_EVENTS_TO_STOP_EARLY)
          found.sort(compare).splice(enough);
        return undefined;
      },
      onlyInFiles: () => void progress.onlyInFiles++,
      fault: (fault) => progress.skip(fault),
    }),
  );
  found.sort(compare);
  const page = progress.newPage(Number.POSITIVE_INFINITY);
  for (const key of found) if (page.take(key)) break;
  return progress.result(page, source, true);
}
