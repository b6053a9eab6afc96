import { UsageError } from '../model/errors.ts';
import { type Fault, isFault, type LoadedEvent } from '../model/event.ts';
import { bareId, bySlot, type Slot } from '../model/slot.ts';
import type { Zone } from '../model/zone.ts';
import type { Filter } from './filter.ts';
import { compareKeys, type Key, keyOf } from './order.ts';
import { type Candidate, type Item, Page } from './page.ts';
import type { Source } from './source.ts';

export interface SearchRequest<T> {
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
  /** What to keep of an event that is part of the answer, so that bodies need not be held. */
  select(event: LoadedEvent, isHit: boolean): T;
}

export interface SearchResult<T> {
  readonly items: readonly Item<T>[];
  /** What `page` takes for the page after this one; null where this is the last. */
  readonly nextPage: string | null;
  /** Event files looked at. */
  readonly scanned: number;
  /** Every event that could take part in the answer was looked at. */
  readonly complete: boolean;
  readonly skipped: readonly Fault[];
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
 * too; if any event turns out further out of place than that, it reads them all. Later pages read
 * them all anyway: only so can it be told what an earlier page must have missed.
 */
const ALL = 128;
const WINDOW = 32;
const PROBES = 16;
/** How far past a full page to look for the next hit. */
const LOOKAHEAD = 8;

/**
 * Finds events, in order of time.
 *
 * @throws UsageError for a page that begins at no readable event
 * @throws ConversationGone where the folder vanishes
 */
export async function search<T>(
  source: Source,
  request: SearchRequest<T>,
): Promise<SearchResult<T>> {
  const wantsContext = request.before + request.after > 0;
  const admitted = source.slots.filter((slot) => wantsContext || request.filter.admits(slot));
  const ordered = request.descending ? admitted.reverse() : admitted;
  if (request.page !== undefined) {
    const begin = await pageKey(source, request, findPage(source, request));
    return searchAll(source, request, ordered, begin);
  }
  const isShort = ordered.length <= ALL || ordered.length <= (request.limit ?? Infinity);
  const quick = isShort ? undefined : await searchFirst(source, request, ordered);
  return quick ?? searchAll(source, request, ordered);
}

function findPage<T>(source: Source, { page, descending }: SearchRequest<T>): Slot {
  const bare = bareId(page ?? '');
  const isIt = ({ id, name }: Slot) =>
    bareId(id) === bare || name === page || name === `${page}.json`;
  const slot = descending ? source.slots.findLast(isIt) : source.slots.find(isIt);
  if (!slot) throw new UsageError(`--page ${page}: no event of this id here`);
  return slot;
}

async function pageKey<T>(source: Source, { zone }: SearchRequest<T>, slot: Slot): Promise<Key> {
  for await (const outcome of source.read([slot])) {
    if (!isFault(outcome)) return keyOf(outcome, zone);
    throw new UsageError(`--page: ${slot.name} ${outcome.message}, so its time is not known`);
  }
  throw new Error('a read of one slot gave nothing');
}

/** Reads every event, then sorts. */
async function searchAll<T>(
  source: Source,
  request: SearchRequest<T>,
  ordered: readonly Slot[],
  begin?: Key,
): Promise<SearchResult<T>> {
  const scan = new Scan(request);
  const compare = compareKeys(request.descending);
  const found: Keyed<T>[] = [];
  // Of a page of hits no more need be kept than it holds, and the one that comes next.
  const enough = scan.wantsContext ? Number.POSITIVE_INFINITY : (request.limit ?? Infinity) + 1;
  for await (const outcome of source.read(ordered, { once: true })) {
    const keyed = isFault(outcome) ? scan.skip(outcome) : scan.look(outcome);
    if (!keyed) continue;
    if (begin && compare(keyed.key, begin) < 0) {
      if (
        ordered.length > ALL &&
        placesBetween(begin.slot, keyed.slot, request.descending) > WINDOW
      ) {
        scan.displaced.push(keyed.slot);
      }
    } else if (keyed.row !== undefined) found.push(keyed);
    if (found.length > 2 * enough + ALL) {
      found.sort((a, b) => compare(a.key, b.key)).splice(enough);
    }
  }
  found.sort((a, b) => compare(a.key, b.key));
  const page = scan.newPage(Number.POSITIVE_INFINITY);
  for (const candidate of found) if (page.take(candidate)) break;
  return scan.result(page, source, true);
}

/** How many places of the index a slot comes after another, in reading order. */
function placesBetween(earlier: Slot, later: Slot, descending: boolean): number {
  return descending ? earlier.index - later.index : later.index - earlier.index;
}

/**
 * The first page, read no further than the limit needs; undefined if the events prove not to be near
 * enough in order.
 */
async function searchFirst<T>(
  source: Source,
  request: SearchRequest<T>,
  ordered: readonly Slot[],
): Promise<SearchResult<T> | undefined> {
  const scan = new Scan(request);
  const compare = compareKeys(request.descending);
  const probes = new Map<Slot, Key>();
  for await (const outcome of source.read(probesOf(ordered))) {
    if (!isFault(outcome)) probes.set(outcome.slot, keyOf(outcome, request.zone));
  }
  const page = scan.newPage(LOOKAHEAD);
  const near: Keyed<T>[] = [];
  let last: Key | undefined;
  let isFull = false;
  const settle = () => {
    const next = near.shift() as Keyed<T>;
    last = next.key;
    isFull = page.take(next);
  };
  for await (const outcome of source.read(ordered)) {
    probes.delete(outcome.slot);
    const keyed = isFault(outcome) ? scan.skip(outcome) : scan.look(outcome);
    if (!keyed) continue;
    if (last && compare(keyed.key, last) < 0) return undefined;
    insert(near, keyed, compare);
    // Its own place counts too: `near` may be full of events that wait for a time far ahead.
    const isSettled = ([head]: Keyed<T>[]) =>
      head && placesBetween(head.slot, keyed.slot, request.descending) >= WINDOW;
    while (!isFull && near.length > WINDOW && isSettled(near)) settle();
    if (isFull) break;
  }
  while (!isFull && near.length > 0) settle();
  for (const key of probes.values()) if (last && compare(key, last) < 0) return undefined;
  return scan.result(page, source, scan.scanned === ordered.length);
}

/** Slots spread evenly over a log, its last among them: disorder on a large scale shows at one. */
function probesOf(ordered: readonly Slot[]): Slot[] {
  const step = (ordered.length - 1) / PROBES;
  return Array.from({ length: PROBES }, (_, at) => ordered[Math.round(step * (at + 1))] as Slot);
}

interface Keyed<T> extends Candidate<T> {
  readonly key: Key;
}

/** Keeps `near` sorted; a newcomer nearly always belongs at its end. */
function insert<T>(near: Keyed<T>[], keyed: Keyed<T>, compare: (a: Key, b: Key) => number): void {
  let at = near.length;
  while (at > 0 && compare((near[at - 1] as Keyed<T>).key, keyed.key) > 0) at--;
  near.splice(at, 0, keyed);
}

/** The books of one search: what was looked at, and what could not be. */
class Scan<T> {
  scanned = 0;
  readonly displaced: Slot[] = [];
  readonly #skipped: Fault[] = [];
  readonly #kinds = new Set<string>();
  readonly wantsContext: boolean;

  constructor(readonly request: SearchRequest<T>) {
    this.wantsContext = request.before + request.after > 0;
  }

  look(event: LoadedEvent): Keyed<T> {
    this.scanned++;
    this.#kinds.add(event.entry.kind);
    const isHit = this.request.filter.passes(event);
    const key = keyOf(event, this.request.zone);
    const base = { key, slot: event.slot, isHit };
    return isHit || this.wantsContext ? { ...base, row: this.request.select(event, isHit) } : base;
  }

  skip(fault: Fault): undefined {
    this.scanned++;
    // As context, any event can be part of the answer.
    if (this.wantsContext || this.request.filter.admits(fault.slot)) this.#skipped.push(fault);
  }

  newPage(lookahead: number): Page<T> {
    const { before, after, limit = Number.POSITIVE_INFINITY } = this.request;
    return new Page<T>({ before, after, limit, lookahead: Math.max(lookahead, after + 1) });
  }

  result(page: Page<T>, source: Source, complete: boolean): SearchResult<T> {
    return {
      items: page.items,
      nextPage: page.next ? pageId(source, page.next) : null,
      scanned: this.scanned,
      complete,
      skipped: this.#skipped.sort((a, b) => bySlot(a.slot, b.slot)),
      kinds: this.#kinds,
      displaced: this.displaced,
    };
  }
}

/** An event's id; where several files have it, the name of this one's, so that no page comes twice. */
function pageId(source: Source, slot: Slot): string {
  const same = source.slots.filter(({ id }) => id === slot.id);
  return same.length > 1 ? slot.name.replace(/\.json$/, '') : slot.id;
}
