import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import type { Entry } from '../domain/entry.ts';
import {
  type ConversationFolder,
  isInside,
  statOf,
  YOUNG_MS,
} from '../storage/conversation-folder.ts';
import { Listing, list, type Names } from '../storage/listing.ts';
import type { FileStamp } from '../storage/read-file.ts';
import { ENTRY_TRUST, EntryTable } from './entry-table.ts';
import type { IndexCache } from './index-cache.ts';
import type { FolderStamp, StoredIndex } from './index-file.ts';

/**
 * A file or folder looked at this soon after its last change can change again without a new time: clocks
 * of file systems are coarse, up to 2 s. In ms.
 */
const GRAIN_MS = 2_000;
/** An index is worth keeping once the files looked at for it are one in so many of its events. */
const MAX_EVENTS_PER_READ = 16;

/**
 * The index of a conversation: which events there are, and the entries of those that were looked at, in
 * this run or in an earlier one.
 *
 * What an earlier run left is believed as far as it must be true. While the folder's time of change is the
 * same, no file came, went or was replaced, so that entries are taken without touching their files, but
 * for files that were young when they were read: these are compared, by size and time of change. Once the
 * folder has changed, every file is compared. Files that are opened are compared in any case, and events
 * that could not be read are not kept at all.
 */
export class EventIndex {
  readonly listing: Listing;
  readonly #table: EntryTable;
  readonly #openedAt = Date.now();
  readonly #path: string;
  readonly #stamp: FolderStamp | undefined;
  readonly #cache: IndexCache | undefined;
  /** Files looked at for their entries. */
  #effort = 0;
  /** Something that the next run could use is not kept yet. */
  #hasNews: boolean;

  /**
   * @param stat the events folder as it stands; undefined where there is none
   * @throws UsageError where the folder can't be listed
   */
  constructor(
    readonly folder: ConversationFolder,
    stat: Stats | undefined,
    cache?: IndexCache,
  ) {
    this.#path = stat && cache ? realpathSync(folder.events) : folder.events;
    // Nothing is ever written inside a conversation.
    this.#cache = stat && cache && !isInConversation(folder, cache.folder) ? cache : undefined;
    const stored = this.#cache?.load(this.#path);
    if (stored?.stamp && stat && isSame(stored.stamp, stat)) {
      this.listing = new Listing(stored.names);
      this.#table = stored.table;
      this.#stamp = stored.stamp;
      this.#hasNews = false;
      return;
    }
    this.listing = list(folder);
    this.#stamp = stampOf(stat, statOf(folder.events), this.#openedAt);
    this.#table = new EntryTable(this.listing.length, stored && [...stored.table.words]);
    if (stored) takeOver(this.#table, this.listing.names, stored);
    this.#hasNews = true;
  }

  /** Whether entries are kept for later runs, so that files should be read with their stamps. */
  get isKept(): boolean {
    return this.#cache !== undefined;
  }

  /** All entries are there, and none is doubtful. */
  get isFullyTrusted(): boolean {
    return this.#table.trust.every((state) => state >= ENTRY_TRUST.trusted);
  }

  /** An event's entry as far as it is known without a look at its file. */
  peekEntry(position: number): Entry | undefined {
    return this.trustOf(position) >= ENTRY_TRUST.trusted ? this.entryAt(position) : undefined;
  }

  /** An entry that `stateOf` says is there. */
  entryAt(position: number): Entry {
    return this.#table.entry(position, this.listing);
  }

  trustOf(position: number): number {
    return this.#table.trust[position] as number;
  }

  /** Of a file that needs no look, in bytes. */
  sizeAt(position: number): number | undefined {
    const isKnown = this.trustOf(position) >= ENTRY_TRUST.trusted;
    const { size, mtimeMs } = this.stampAt(position);
    return isKnown && !Number.isNaN(mtimeMs) ? size : undefined;
  }

  stampAt(position: number): FileStamp {
    return {
      size: this.#table.size[position] as number,
      mtimeMs: this.#table.mtime[position] as number,
    };
  }

  /** Compares a doubtful entry with its file, and forgets it where they differ. @returns whether it holds */
  checkFile(position: number): boolean {
    if (this.trustOf(position) === ENTRY_TRUST.checked) return true;
    if (this.trustOf(position) === ENTRY_TRUST.unknown) return false;
    const path = join(this.folder.events, this.listing.names.name(position));
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return this.checkStamp(position, stat?.isFile() ? stat : undefined);
  }

  /** Takes note of what a file is now. @returns whether the entry is of it; it is forgotten if not */
  checkStamp(position: number, file: FileStamp | undefined): boolean {
    const holds = file !== undefined && this.#table.isOf(position, file);
    if (holds && this.trustOf(position) >= ENTRY_TRUST.trusted) return true;
    if (holds) this.#table.trust[position] = ENTRY_TRUST.checked;
    else this.#table.forget(position);
    this.#effort++;
    this.#hasNews = true;
    return holds;
  }

  /** Puts down the entry of a file that was read. */
  put(position: number, entry: Omit<Entry, 'slot'>, stamp: FileStamp | undefined): void {
    if (this.trustOf(position) !== ENTRY_TRUST.unknown && this.checkStamp(position, stamp)) return;
    this.#effort++;
    this.#hasNews = true;
    this.#table.put(position, entry, stamp);
  }

  /** Puts down what another table has in some rows. */
  takeRows(other: EntryTable, rows: readonly { position: number; row: number }[]): void {
    const copy = this.#table.copierOf(other);
    for (const { position, row } of rows) copy(position, row);
    this.#effort += rows.length;
    if (rows.length > 0) this.#hasNews = true;
  }

  escapesOf(position: number): boolean | undefined {
    return this.#table.escapesOf(position);
  }

  noteEscapes(position: number, escapes: boolean): void {
    if (!this.#table.noteEscapes(position, escapes)) return;
    this.#effort++;
    this.#hasNews = true;
  }

  forget(position: number): void {
    if (this.trustOf(position) !== ENTRY_TRUST.unknown) this.#hasNews = true;
    this.#table.forget(position);
  }

  /** What an entry is worth to the next run. */
  #stateToKeep(position: number): number {
    if (this.trustOf(position) !== ENTRY_TRUST.checked) return this.trustOf(position);
    const age = this.#openedAt - (this.#table.mtime[position] as number);
    // What was written within the grain of its clock can be written again under the same time, and
    // what has no time was read without a look at it.
    if (!(age > GRAIN_MS)) return ENTRY_TRUST.unknown;
    // The writer of a young file may not have been done.
    return age > YOUNG_MS ? ENTRY_TRUST.trusted : ENTRY_TRUST.doubtful;
  }

  /** Keeps the index for later runs, if what it cost is worth it. */
  async save(): Promise<void> {
    const isWorth = this.#effort * MAX_EVENTS_PER_READ >= this.#table.rows;
    if (!this.#cache || !this.#hasNews || !isWorth || this.#effort === 0) return;
    this.#hasNews = false;
    for (let position = 0; position < this.#table.rows; position++) {
      this.#table.trust[position] = this.#stateToKeep(position);
    }
    const { names } = this.listing;
    await this.#cache.save({ path: this.#path, stamp: this.#stamp, names, table: this.#table });
  }
}

/** Whether the folder of a cache lies inside a conversation, or is one. */
function isInConversation(folder: ConversationFolder, cache: string): boolean {
  let existing = cache;
  // What does not exist yet is made below what does.
  while (!statOf(existing)) existing = join(existing, '..');
  const real = realpathSync(existing);
  // A subagent's lies inside another.
  const conversation = realpathSync(folder.path).split(`${sep}subagents${sep}`)[0] as string;
  return real === conversation || isInside(conversation, real);
}

function isSame(stamp: FolderStamp, { ino, mtimeMs }: Stats): boolean {
  return stamp.ino === ino && stamp.mtimeMs === mtimeMs;
}

/** The stamp of a folder that has been listed between two looks; none where its time can't vouch for it. */
function stampOf(
  before: Stats | undefined,
  after: Stats | undefined,
  now: number,
): FolderStamp | undefined {
  if (!before || !after || !isSame(before, after)) return undefined;
  const { ino, mtimeMs } = before;
  return now - mtimeMs > GRAIN_MS ? { ino, mtimeMs } : undefined;
}

/** Takes over what an earlier listing knew of files that are still there, as doubtful. */
function takeOver(table: EntryTable, names: Names, stored: StoredIndex): void {
  const copy = table.copierOf(stored.table);
  let row = 0;
  for (let position = 0; position < names.length && row < stored.names.length; position++) {
    // Both are in order.
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
