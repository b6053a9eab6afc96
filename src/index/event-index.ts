import type { Entry } from '../domain/entry.ts';
import type { EventStorage, FolderStamp } from '../storage/event-storage.ts';
import { Listing, type Names } from '../storage/listing.ts';
import type { FileStamp } from '../storage/read-file.ts';
import { DEFAULT_LIMITS } from '../storage/read-limits.ts';
import { MAX_COST_PER_BYTE } from '../text/json-cost.ts';
import { EntryTable } from './entry-table.ts';
import { ENTRY_TRUST, isSameFolder, stampToKeep, trustToKeep } from './entry-trust.ts';
import type { IndexCache } from './index-cache.ts';
import type { StoredIndex } from './index-file.ts';

/**
 * An index of this size saves time against listing the folder. A smaller one is loaded when its first entry is needed:
 * 1,000 events are listed in 1 ms, and Node takes 3 ms to load what checks an index.
 */
const LARGE_INDEX_BYTES = 64 * 1024;
/** An index is worth keeping if at least one in this many of its events had to be looked at. */
const MAX_EVENTS_PER_READ = 16;

/**
 * The index of a conversation: which events there are, and the entries of those that were looked at, in this run or
 * in an earlier one. entry-trust.ts has the rules for when entries of an earlier run are trusted. Events that
 * can't be read have no entry.
 */
export class EventIndex {
  readonly listing: Listing;
  #loaded: EntryTable | undefined;
  readonly #openedAt = Date.now();
  readonly #location: string;
  /** The storage when it was listed; undefined if the stamp can't show a later change. */
  readonly #stamp: FolderStamp | undefined;
  readonly #cache: IndexCache | undefined;
  /** How many files were looked at for their entries. */
  #reads = 0;
  /** There is something that the next run could use and that is not kept yet. */
  #hasNews = true;

  /**
   * @param stamp the storage as it is now; undefined if it does not exist
   * @throws CoreError if the event files can't be listed
   */
  constructor(
    readonly storage: EventStorage,
    stamp: FolderStamp | undefined,
    cache?: IndexCache,
  ) {
    this.#cache = stamp && storage.isIndexable ? cache : undefined;
    this.#location = this.#cache ? storage.location : storage.folder.events;
    const isLarge = (this.#cache?.sizeOf(this.#location) ?? 0) >= LARGE_INDEX_BYTES;
    const stored = isLarge ? this.#cache?.load(this.#location) : undefined;
    if (stored?.stamp && stamp && isSameFolder(stored.stamp, stamp)) {
      this.listing = new Listing(stored.names);
      this.#stamp = stored.stamp;
    } else {
      this.listing = storage.list();
      this.#stamp = cache && stampToKeep(stamp, storage.stamp(), this.#openedAt, cache.ages);
    }
    if (isLarge) this.#loaded = this.#tableFrom(stored);
  }

  get #table(): EntryTable {
    this.#loaded ??= this.#tableFrom(this.#cache?.load(this.#location));
    return this.#loaded;
  }

  /** @param stored what an earlier run kept */
  #tableFrom(stored: StoredIndex | undefined): EntryTable {
    const { names } = this.listing;
    const isSame =
      stored?.stamp &&
      this.#stamp &&
      isSameFolder(stored.stamp, this.#stamp) &&
      stored.table.rows === names.length;
    const table = isSame ? stored.table : new EntryTable(names.length, stored?.table.words.slice());
    if (stored && !isSame) takeOver(table, names, stored);
    this.#hasNews = !isSame;
    forgetLarger(table, this.storage.limits.maxFileBytes);
    return table;
  }

  /** Whether entries are kept for later runs, so that files should be read with their stamps. */
  get isKept(): boolean {
    return this.#cache !== undefined;
  }

  /** Whether every event has an entry that needs no check. */
  get isFullyTrusted(): boolean {
    return this.#table.trust.every((trust) => trust >= ENTRY_TRUST.trusted);
  }

  /** An event's entry, if it is known without looking at the file. */
  peekEntry(position: number): Entry | undefined {
    return this.trustOf(position) >= ENTRY_TRUST.trusted ? this.entryAt(position) : undefined;
  }

  /** An entry that exists according to `trustOf`. */
  entryAt(position: number): Entry {
    return this.#table.entry(position, this.listing);
  }

  /** One of ENTRY_TRUST. */
  trustOf(position: number): number {
    return this.#table.trust[position] as number;
  }

  /** Size in bytes of a file that need not be looked at. */
  sizeAt(position: number): number | undefined {
    const isKnown = this.trustOf(position) >= ENTRY_TRUST.trusted;
    const { size, mtimeMs } = this.stampAt(position);
    return isKnown && !Number.isNaN(mtimeMs) ? size : undefined;
  }

  stampAt(position: number): FileStamp {
    return this.#table.stampAt(position);
  }

  /** Compares a doubtful entry with its file, and forgets it if they differ. @returns whether the entry holds */
  checkFile(position: number): boolean {
    if (this.trustOf(position) === ENTRY_TRUST.checked) return true;
    if (this.trustOf(position) === ENTRY_TRUST.unknown) return false;
    return this.checkStamp(position, this.storage.stat(this.listing.names.name(position)));
  }

  /** Compares an entry with what its file is now, and forgets it if they differ. @returns whether the entry holds */
  checkStamp(position: number, file: FileStamp | undefined): boolean {
    const holds = file !== undefined && this.#table.hasStamp(position, file);
    if (holds && this.trustOf(position) >= ENTRY_TRUST.trusted) return true;
    if (holds) this.#table.trust[position] = ENTRY_TRUST.checked;
    else this.#table.forget(position);
    this.#reads++;
    this.#hasNews = true;
    return holds;
  }

  /** Stores the entry of a file that was read. */
  put(position: number, entry: Omit<Entry, 'slot'>, stamp: FileStamp | undefined): void {
    if (this.trustOf(position) !== ENTRY_TRUST.unknown && this.checkStamp(position, stamp)) return;
    this.#reads++;
    this.#hasNews = true;
    this.#table.put(position, entry, stamp);
  }

  /** Stores entries that another table has in some rows. */
  takeRows(other: EntryTable, rows: readonly { position: number; row: number }[]): void {
    const copy = this.#table.copierOf(other);
    for (const { position, row } of rows) copy(position, row);
    this.#reads += rows.length;
    if (rows.length > 0) this.#hasNews = true;
  }

  /** See EntryTable. */
  escapesOf(position: number): boolean | undefined {
    return this.#table.escapesOf(position);
  }

  noteEscapes(position: number, escapes: boolean): void {
    if (!this.#table.noteEscapes(position, escapes)) return;
    this.#reads++;
    this.#hasNews = true;
  }

  forget(position: number): void {
    if (this.trustOf(position) !== ENTRY_TRUST.unknown) this.#hasNews = true;
    this.#table.forget(position);
  }

  /** Keeps the index for later runs, if the reading that it saves is worth it. */
  async save(): Promise<void> {
    const isWorthIt = this.#reads * MAX_EVENTS_PER_READ >= this.listing.length;
    if (!this.#cache || !this.#hasNews || !isWorthIt || this.#reads === 0) return;
    this.#hasNews = false;
    // The next run may have the usual limits, and could not read what only raised limits let this one read.
    const isRaised = this.storage.limits.maxHeapBytes > DEFAULT_LIMITS.maxHeapBytes;
    if (isRaised) forgetLarger(this.#table, DEFAULT_LIMITS.maxHeapBytes / MAX_COST_PER_BYTE);
    for (let position = 0; position < this.#table.rows; position++) {
      if (this.trustOf(position) !== ENTRY_TRUST.checked) continue;
      this.#table.trust[position] = trustToKeep(
        this.stampAt(position),
        this.#openedAt,
        this.#cache.ages,
      );
    }
    const { names } = this.listing;
    const stored = { path: this.#location, stamp: this.#stamp, names, table: this.#table };
    await this.#cache.save(stored);
  }
}

/** Forgets the entries of files that are larger than a limit, in bytes. */
function forgetLarger(table: EntryTable, maxBytes: number): void {
  for (let position = 0; position < table.rows; position++) {
    if ((table.size[position] as number) > maxBytes) table.forget(position);
  }
}

/** Takes over, as doubtful, what an earlier listing knew about files that are still there. */
function takeOver(table: EntryTable, names: Names, stored: StoredIndex): void {
  const copy = table.copierOf(stored.table);
  let row = 0;
  for (let position = 0; position < names.length && row < stored.names.length; position++) {
    // Both lists are in index order.
    const index = names.index(position);
    while (row < stored.names.length && stored.names.index(row) < index) row++;
    let candidate = row;
    while (candidate < stored.names.length && stored.names.index(candidate) === index) {
      if (stored.names.name(candidate) === names.name(position)) break;
      candidate++;
    }
    const isThere = candidate < stored.names.length && stored.names.index(candidate) === index;
    if (!isThere || names.type(position) !== 'file') continue;
    if (stored.table.trust[candidate] === ENTRY_TRUST.unknown) continue;
    if (copy(position, candidate)) table.trust[position] = ENTRY_TRUST.doubtful;
  }
}
