import { UsageError } from '../model/errors.ts';
import { type Fault, isFault, type LoadedEvent } from '../model/event.ts';
import { bySlot, type Slot } from '../model/slot.ts';
import type { Zone } from '../model/zone.ts';
import type { Filter } from './filter.ts';
import { compareKeys, type Key, keyOf } from './order.ts';
import { type Candidate, type Item, Page } from './page.ts';
import type { Source } from './source.ts';

export interface SearchRequest<T> {
  readonly filter: Filter;
  readonly zone: Zone;
  readonly descending: boolean;
  readonly limit?: number;
  /** Event id, or file name, at which to begin. */
  readonly page?: string;
  readonly before: number;
  readonly after: number;
  /** What to keep of an event that is part of the answer, so that bodies need not be held. */
  select(event: LoadedEvent): T;
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
  /** Events far behind the page's beginning whose times come before it: an earlier page, cut short by
   * its limit, may have missed them. */
  readonly displaced: readonly Slot[];
}

/*
 * A true order by time needs every timestamp, and a limit must stop the reading. Both hold because
 * the writer appends: real logs are in order but for events that are stamped a few places early. So
 * a search with a limit reads on until no event within WINDOW places can still come before those it
 * has, and looks at a few far-off ones too; if any event turns out further out of place than that,
 * it falls back to reading them all. Without a limit, and up to ALL events, it reads them all anyway.
 */
const WINDOW = 32;
const ALL = 128;
/** How far past a full page to look for the next hit. */
const LOOKAHEAD = 16;

/** Finds events, in order of time. @throws UsageError for a page that begins at no readable event */
export async function search<T>(
  source: Source,
  request: SearchRequest<T>,
): Promise<SearchResult<T>> {
  const wantsContext = request.before + request.after > 0;
  const admitted = source.slots.filter((slot) => wantsContext || request.filter.admits(slot));
  const ordered = request.descending ? admitted.reverse() : admitted;
  const first = request.page === undefined ? undefined : findPage(source, request);
  const begin = first && (await pageKey(source, request, first));
  const isSmall = ordered.length <= ALL || ordered.length <= (request.limit ?? Infinity);
  const quick = isSmall ? undefined : await searchNear(source, request, ordered, begin);
  return quick ?? searchAll(source, request, ordered, begin);
}

function findPage<T>(source: Source, { page, descending }: SearchRequest<T>): Slot {
  const isIt = ({ id, name }: Slot) => id === page || name === page || name === `${page}.json`;
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
  begin: Key | undefined,
): Promise<SearchResult<T>> {
  const scan = new Scan(request);
  const compare = compareKeys(request.descending);
  const place = begin ? placeOf(ordered, begin.slot, request.descending) : 0;
  const found: Keyed<T>[] = [];
  // With a limit, or a page, some of them have been read before.
  const once = request.limit === undefined && begin === undefined;
  for await (const outcome of source.read(ordered, { once })) {
    const keyed = isFault(outcome) ? scan.skip(outcome) : scan.look(outcome);
    if (!keyed) continue;
    if (begin && compare(keyed.key, begin) < 0) {
      if (ordered.length > ALL && scan.scanned > place + WINDOW) scan.displaced.push(keyed.slot);
    } else if (keyed.row !== undefined) found.push(keyed);
  }
  found.sort((a, b) => compare(a.key, b.key));
  const page = scan.newPage(Number.POSITIVE_INFINITY);
  for (const candidate of found) if (page.take(candidate)) break;
  return scan.result(page, source, true);
}

/** Reads no further than the limit needs; undefined if the events are not near enough in order. */
async function searchNear<T>(
  source: Source,
  request: SearchRequest<T>,
  ordered: readonly Slot[],
  begin: Key | undefined,
): Promise<SearchResult<T> | undefined> {
  const scan = new Scan(request);
  const compare = compareKeys(request.descending);
  const place = begin ? placeOf(ordered, begin.slot, request.descending) : 0;
  const start = Math.max(0, place - WINDOW);
  const probes = probePlaces(start, ordered.length);
  const probed = new Map<Slot, Key>();
  for await (const outcome of source.read(probes.map((at) => ordered[at] as Slot))) {
    if (!isFault(outcome)) probed.set(outcome.slot, keyOf(outcome, request.zone));
  }
  const isBefore = new Set(probes.filter((at) => at < start).map((at) => ordered[at] as Slot));
  const page = scan.newPage(LOOKAHEAD);
  const near: Keyed<T>[] = [];
  let last = begin;
  const settle = (): boolean => {
    const next = near.shift() as Keyed<T>;
    if (begin && compare(next.key, begin) < 0) return false;
    last = next.key;
    return page.take(next);
  };
  let isFull = false;
  for await (const outcome of source.read(ordered.slice(start))) {
    probed.delete(outcome.slot);
    if (isFault(outcome)) scan.skip(outcome);
    else {
      const keyed = scan.look(outcome);
      const isAtStart = last === begin && start + scan.scanned <= place + WINDOW;
      if (last && compare(keyed.key, last) < 0 && !isAtStart) return undefined;
      insert(near, keyed, compare);
    }
    if (near.length > WINDOW && settle()) {
      isFull = true;
      break;
    }
  }
  while (!isFull && near.length > 0) isFull = settle();
  for (const [slot, key] of probed) {
    if (isBefore.has(slot)) {
      if (begin && compare(key, begin) >= 0) return undefined;
    } else if (last && compare(key, last) < 0) return undefined;
  }
  return scan.result(page, source, start === 0 && scan.scanned === ordered.length);
}

/** A few places all over a log, denser near `start`: disorder on a large scale shows at one of them. */
function probePlaces(start: number, length: number): number[] {
  const places = new Set([0, length - 1]);
  for (let step = WINDOW * 4; start + step < length; step *= 2) places.add(start + step);
  for (let step = WINDOW * 4; start - step > 0; step *= 2) places.add(start - step);
  return [...places].sort((a, b) => a - b);
}

function placeOf(ordered: readonly Slot[], slot: Slot, descending: boolean): number {
  const sign = descending ? -1 : 1;
  const place = ordered.findIndex((other) => sign * bySlot(other, slot) >= 0);
  return place < 0 ? ordered.length : place;
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
  readonly #wantsContext: boolean;

  constructor(readonly request: SearchRequest<T>) {
    this.#wantsContext = request.before + request.after > 0;
  }

  look(event: LoadedEvent): Keyed<T> {
    this.scanned++;
    this.#kinds.add(event.entry.kind);
    const isHit = this.request.filter.passes(event);
    const key = keyOf(event, this.request.zone);
    const base = { key, slot: event.slot, isHit };
    return isHit || this.#wantsContext ? { ...base, row: this.request.select(event) } : base;
  }

  skip(fault: Fault): undefined {
    this.scanned++;
    if (this.request.filter.admits(fault.slot)) this.#skipped.push(fault);
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
