import type { Entry } from '../domain/entry.ts';
import { UsageError } from '../domain/errors.ts';
import { type Fault, isFault } from '../domain/event.ts';
import type { EventSource } from '../domain/event-source.ts';
import { bareId, bySlot, type Slot } from '../domain/slot.ts';
import type { Zone } from '../time/zone.ts';
import type { Filter } from './filter.ts';
import { Page, type ResultLine } from './page.ts';
import { compareKeys, type TimeKey, timeOf } from './time-order.ts';

export interface SearchRequest {
  readonly filter: Filter;
  readonly zone: Zone;
  readonly descending: boolean;
  /** Hits wanted; none means all. */
  readonly limit?: number;
  /** Event id, or file name, at which to begin. */
  readonly page?: string;
  /** Events wanted before and after each hit. */
  readonly before: number;
  readonly after: number;
}

export interface SearchResult {
  readonly lines: readonly ResultLine[];
  /** What `page` takes for the page after this one; null where this is the last. */
  readonly nextPage: string | null;
  /** Event files looked at. */
  readonly scanned: number;
  /** Every event that could take part in the answer was looked at. */
  readonly complete: boolean;
  readonly skipped: Fault[];
  /** Class names of the events looked at. */
  readonly kinds: ReadonlySet<string>;
  /**
   * Events far behind the page's beginning whose times come before it: the first page, cut short by
   * its limit, may have missed them.
   */
  readonly displaced: readonly Slot[];
}

/*
 * A true order by time needs every timestamp, and a limit must stop the reading. Both hold for a
 * first page because the writer appends: real logs are in order but for events that are stamped a
 * few places early. So a search with a limit, in a log of more than ALL events, reads on until no
 * event within WINDOW places can still come before those it has, and looks at a few all over the log
 * too, and at all whose times the index tells; if any event turns out further out of place than that,
 * it reads them all. Later pages read them all anyway: only so can it be told what an earlier page
 * must have missed.
 */
const MIN_EVENTS_FOR_EARLY_STOP = 128;
const REORDER_WINDOW_EVENTS = 32;
const PROBED_EVENTS = 16;
/** How far past a full page to look for the next hit. */
const LOOKAHEAD_EVENTS = 8;
/** How often to search again where files prove to have changed since they were indexed. */
const MAX_ATTEMPTS = 3;

/**
 * Finds events, in order of time.
 *
 * @throws UsageError for a page that begins at no readable event
 * @throws ConversationGone where the folder vanishes
 */
export async function search(source: EventSource, request: SearchRequest): Promise<SearchResult> {
  for (let tries = 1; ; tries++) {
    const result = await searchOnce(source, request);
    // What is shown is what its file says now, and not what an index says that it said.
    if (
      source.confirmEntries(result.lines.map(({ position }) => position)) ||
      tries === MAX_ATTEMPTS
    )
      return result;
  }
}

async function searchOnce(source: EventSource, request: SearchRequest): Promise<SearchResult> {
  const { filter, descending, limit = Number.POSITIVE_INFINITY } = request;
  const wantsContext = request.before + request.after > 0;
  const all = Array.from({ length: source.slots.length }, (_, position) => position);
  const admitted = wantsContext ? all : filter.positionsIn(source.slots);
  const ordered = descending ? admitted.reverse() : admitted;
  if (request.page !== undefined) {
    const begin = await pageKey(source, request, findPage(source, request.page, descending));
    return searchAll(source, request, ordered, begin);
  }
  const isShort = ordered.length <= MIN_EVENTS_FOR_EARLY_STOP || ordered.length <= limit;
  const quick = isShort ? undefined : await searchFirst(source, request, ordered);
  return quick ?? searchAll(source, request, ordered);
}

function findPage({ slots }: EventSource, page: string, descending: boolean): number {
  const bare = bareId(page);
  const isIt = ({ id, name }: Slot) =>
    bareId(id) === bare || name === page || name === `${page}.json`;
  const all = [...slots];
  const position = descending ? all.findLastIndex(isIt) : all.findIndex(isIt);
  if (position < 0) throw new UsageError(`--page ${page}: no event of this id here`);
  return position;
}

async function pageKey(
  source: EventSource,
  { zone }: SearchRequest,
  position: number,
): Promise<TimeKey> {
  let key: TimeKey | undefined;
  await source.scan([position], ENTRIES_ONLY, (seen) => {
    if (isFault(seen)) {
      throw new UsageError(`--page: ${seen.slot.name} ${seen.message}, so its time is not known`);
    }
    key = { position, time: timeOf(seen, zone) };
    return undefined;
  });
  if (!key) throw new Error('a visit of one place showed nothing');
  return key;
}

const ENTRIES_ONLY = { needsBody: () => false, mayNeedBodies: false };

/** Reads every event, then sorts. */
async function searchAll(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
  begin?: TimeKey,
): Promise<SearchResult> {
  const scan = new SearchProgress(request);
  const compare = compareKeys(request.descending);
  const found: Keyed[] = [];
  // Of a page of hits no more need be kept than it holds, and the one that comes next.
  const enough = scan.wantsContext ? Number.POSITIVE_INFINITY : (request.limit ?? Infinity) + 1;
  await source.scan(
    ordered,
    { ...request.filter.scanOptions, readsAll: true },
    (seen, event, position) => {
      if (isFault(seen)) return scan.skip(seen);
      scan.look(seen);
      const isHit = request.filter.passes(seen, event);
      const isWanted = isHit || scan.wantsContext;
      if (!isWanted && !begin) return undefined; // most events of most searches: their times are not asked for
      const keyed = { position, time: timeOf(seen, request.zone), isHit };
      if (begin && compare(keyed, begin) < 0) {
        if (
          ordered.length > MIN_EVENTS_FOR_EARLY_STOP &&
          placesBetween(begin.position, position, request.descending) > REORDER_WINDOW_EVENTS
        ) {
          scan.displaced.push(source.slots.at(position) as Slot);
        }
      } else if (isWanted) found.push(keyed);
      if (found.length > 2 * enough + MIN_EVENTS_FOR_EARLY_STOP) found.sort(compare).splice(enough);
      return undefined;
    },
  );
  found.sort(compare);
  const page = scan.newPage(Number.POSITIVE_INFINITY);
  for (const candidate of found) if (page.take(candidate)) break;
  return scan.result(page, source, true);
}

/** How many places of the index one comes after another, in reading order. */
function placesBetween(earlier: number, later: number, descending: boolean): number {
  return descending ? earlier - later : later - earlier;
}

/**
 * The first page, read no further than the limit needs; undefined if the events prove not to be near
 * enough in order.
 */
async function searchFirst(
  source: EventSource,
  request: SearchRequest,
  ordered: readonly number[],
): Promise<SearchResult | undefined> {
  const { zone, descending, filter } = request;
  const scan = new SearchProgress(request);
  const compare = compareKeys(descending);
  const probes = new Map<number, TimeKey>();
  await source.scan(probesOf(ordered), ENTRIES_ONLY, (seen, _, position) => {
    if (!isFault(seen)) probes.set(position, { position, time: timeOf(seen, zone) });
    return undefined;
  });
  const page = scan.newPage(LOOKAHEAD_EVENTS);
  const near: Keyed[] = [];
  let last: TimeKey | undefined;
  let isFull = false;
  let isDisordered = false;
  const settle = () => {
    last = near.shift() as Keyed;
    isFull = page.take(last as Keyed);
  };
  await source.scan(ordered, filter.scanOptions, (seen, event, position) => {
    probes.delete(position);
    if (isFault(seen)) return scan.skip(seen);
    scan.look(seen);
    const keyed = { position, time: timeOf(seen, zone), isHit: filter.passes(seen, event) };
    if (last && compare(keyed, last) < 0) {
      isDisordered = true;
      return true;
    }
    insert(near, keyed, compare);
    // Its own place counts too: `near` may be full of events that wait for a time far ahead.
    const isSettled = ([head]: Keyed[]) =>
      head && placesBetween(head.position, position, descending) >= REORDER_WINDOW_EVENTS;
    while (!isFull && near.length > REORDER_WINDOW_EVENTS && isSettled(near)) settle();
    return isFull;
  });
  if (isDisordered) return undefined;
  while (!isFull && near.length > 0) settle();
  for (const key of probes.values()) if (last && compare(key, last) < 0) return undefined;
  for (const position of ordered.slice(scan.scanned)) {
    const entry = source.peekEntry(position);
    const key = entry && { position, time: timeOf(entry, zone) };
    if (last && key && compare(key, last) < 0) return undefined;
  }
  return scan.result(page, source, scan.scanned === ordered.length);
}

/** Places spread evenly over a log, its last among them: disorder on a large scale shows at one. */
function probesOf(ordered: readonly number[]): number[] {
  const step = (ordered.length - 1) / PROBED_EVENTS;
  return Array.from(
    { length: PROBED_EVENTS },
    (_, at) => ordered[Math.round(step * (at + 1))] as number,
  );
}

interface Keyed extends TimeKey {
  readonly isHit: boolean;
}

/** Keeps `near` sorted; a newcomer nearly always belongs at its end. */
function insert(near: Keyed[], keyed: Keyed, compare: (a: TimeKey, b: TimeKey) => number): void {
  let at = near.length;
  while (at > 0 && compare(near[at - 1] as Keyed, keyed) > 0) at--;
  near.splice(at, 0, keyed);
}

/** The books of one search: what was looked at, and what could not be. */
class SearchProgress {
  scanned = 0;
  readonly displaced: Slot[] = [];
  readonly #skipped: Fault[] = [];
  readonly #kinds = new Set<string>();
  readonly wantsContext: boolean;

  constructor(readonly request: SearchRequest) {
    this.wantsContext = request.before + request.after > 0;
  }

  look(entry: Entry): void {
    this.scanned++;
    this.#kinds.add(entry.kind);
  }

  skip(fault: Fault): undefined {
    this.scanned++;
    // As context, any event can be part of the answer.
    if (this.wantsContext || this.request.filter.admitsSlot(fault.slot)) this.#skipped.push(fault);
  }

  newPage(lookahead: number): Page {
    const { before, after, limit = Number.POSITIVE_INFINITY } = this.request;
    return new Page({ before, after, limit, lookahead: Math.max(lookahead, after + 1) });
  }

  result(page: Page, source: EventSource, complete: boolean): SearchResult {
    return {
      lines: page.lines,
      nextPage: page.next === undefined ? null : pageId(source, page.next),
      scanned: this.scanned,
      complete,
      skipped: this.#skipped.sort((a, b) => bySlot(a.slot, b.slot)),
      kinds: this.#kinds,
      displaced: this.displaced,
    };
  }
}

/** An event's id; where several files have it, the name of this one's, so that no page comes twice. */
function pageId({ slots }: EventSource, position: number): string {
  const { id, name } = slots.at(position) as Slot;
  let same = 0;
  for (const slot of slots) if (slot.id === id && ++same > 1) return name.replace(/\.json$/, '');
  return id;
}
