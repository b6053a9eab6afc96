import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../domain/entry.ts';
import { ConversationGone } from '../domain/errors.ts';
import { type Fault, isFault, type ReadOutcome } from '../domain/event.ts';
import type { EventSource, ScanOptions, ScanVisitor } from '../domain/event-source.ts';
import type { Slot } from '../domain/slot.ts';
import { ENTRY_TRUST } from '../index/entry-table.ts';
import { EventIndex } from '../index/event-index.ts';
import type { IndexCache } from '../index/index-cache.ts';
import {
  type ConversationFolder,
  isFolder,
  isInside,
  lstatOf,
  statOf,
} from '../storage/conversation-folder.ts';
import { decodeEvent } from '../storage/decode-event.ts';
import { isLive, looksHalfWritten } from '../storage/in-flight.ts';
import { findSlot, type Listing, list } from '../storage/listing.ts';
import {
  type FileRead,
  MAX_FILE_BYTES,
  readFileAsync,
  readFileBlocking,
} from '../storage/read-file.ts';
import { applyPrefilters } from '../text/literal-prefilter.ts';
import { parallelScan } from './parallel-scan.ts';
import type { ReadScheduler } from './read-scheduler.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface LogOptions {
  /** Take a half-written newest file for what it would be at rest. */
  readonly assumeIdle?: boolean;
  /** Bytes of event text to keep in memory for later passes. */
  readonly memory?: number;
  /** Where the index is kept between runs; none, and every file is read anew. */
  readonly cache?: IndexCache | undefined;
  /** Who helps with many files. */
  readonly crew?: WorkerPool | undefined;
}

/** Whole conversations of the usual size; parsed, events take several times the room of their text. */
const DEFAULT_MEMORY = 8 * 1024 * 1024;
/** Waits for a write in progress to end, in ms: writes take far less. */
const WAITS = [5, 10, 20, 40, 80];

/** Entries of the index that are shown before signals and timers get their turn: a few ms. */
const AT_ONCE = 20_000;

/** What a pass gets of a place: the entry where that is enough, else the event, or why there is none. */
type Answer = Entry | ReadOutcome;

/**
 * A conversation's events, in index order. Each file is opened, read and parsed at most once, however
 * many passes look at it, and repeated access gives the same object, as long as the events read fit
 * in `memory`; what does not fit is read again. A file that is being written is looked at again.
 */
export class EventLog implements EventSource {
  /** The events folder as it was when first listed; undefined where there was none. */
  readonly stat: Stats | undefined;
  /** None once the listing has changed: places mean other events then. */
  #index: EventIndex | undefined;
  #listing: Listing;
  #names: Set<string> | undefined;
  readonly #memory = new Map<string, ReadOutcome>();
  #memoryBytes = 0;
  readonly #loading = new Map<string, Promise<ReadOutcome>>();

  /** @throws UsageError where the folder can't be listed. */
  constructor(
    readonly folder: ConversationFolder,
    readonly scheduler: ReadScheduler,
    readonly options: LogOptions = {},
  ) {
    this.stat = statOf(folder.events);
    this.#index = new EventIndex(folder, this.stat, options.cache);
    this.#listing = this.#index.listing;
  }

  get slots(): Listing {
    return this.#listing;
  }

  /** Names in the events folder that the SDK would not take for event files. */
  get strangers(): readonly string[] {
    return this.#listing.unrecognized;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    return this.#listing.reachable;
  }

  /** Bytes of all event files: as the index knows them, else as the files stand. */
  get bytes(): number {
    let bytes = 0;
    for (const position of this.#listing.keys()) {
      const path = () => join(this.folder.events, this.#listing.names.name(position));
      bytes += this.#index?.sizeAt(position) ?? lstatOf(path())?.size ?? 0;
    }
    return bytes;
  }

  /** A slot's file, relative to the conversation's directory. */
  fileOf({ name }: Pick<Slot, 'name'>): string {
    return join(relative(this.folder.path, this.folder.events), name);
  }

  /** See Source. @throws ConversationGone where the whole folder has vanished. */
  async scan(
    positions: readonly number[],
    scanOptions: ScanOptions,
    visit: ScanVisitor,
  ): Promise<void> {
    if (!scanOptions.mayNeedBodies && this.#index?.isFullyTrusted) {
      return this.#visitIndexed(this.#index, positions, visit);
    }
    const passed = await this.#lookAhead(positions, scanOptions);
    const work = {
      known: (position: number) => this.#knownAnswer(position, scanOptions, passed),
      now: (position: number) => this.#settled(this.#openNow(position, scanOptions), position),
      later: async (position: number) =>
        this.#settled(await this.#loadLater(position, scanOptions), position),
    };
    await this.scheduler.each<number, Answer>(positions, work, (answer, position) => {
      if ('code' in answer) return visit(answer, undefined, position);
      return 'entry' in answer
        ? visit(answer.entry, answer, position)
        : visit(answer, undefined, position);
    });
  }

  /** Where the index answers all, there is nothing to wait for. */
  async #visitIndexed(
    index: EventIndex,
    positions: readonly number[],
    visit: ScanVisitor,
  ): Promise<void> {
    for (let next = 0; next < positions.length; ) {
      const end = Math.min(positions.length, next + AT_ONCE);
      for (; next < end; next++) {
        const position = positions[next] as number;
        this.scheduler.stats.indexed++;
        if (visit(index.entryAt(position), undefined, position)) return;
      }
      if (next < positions.length) await this.scheduler.yieldToEventLoop();
    }
  }

  /** See Source. */
  confirmEntries(positions: Iterable<number>): boolean {
    let isSame = true;
    for (const position of positions) {
      const state = this.#index?.trustOf(position) ?? ENTRY_TRUST.unknown;
      if (state !== ENTRY_TRUST.unknown && !this.#index?.checkFile(position)) {
        this.#forget(this.#listing.names.name(position));
        isSame = false;
      }
    }
    return isSame;
  }

  /** See Source. */
  peekEntry(position: number): Entry | undefined {
    return this.#index?.peekEntry(position);
  }

  /** Keeps what was learned for later runs. */
  async save(): Promise<void> {
    await this.#index?.save();
  }

  /** One slot's outcome. @throws ConversationGone */
  async readOne(slot: Slot): Promise<ReadOutcome> {
    const known = this.#memory.get(slot.name);
    if (known) this.scheduler.stats.remembered++;
    const outcome = known ?? this.#keep(this.#parse(slot, this.#read(slot)));
    return this.#settledOf(outcome);
  }

  /** A file's bytes, sound or not; or why they can't be had. @throws ConversationGone */
  bytesOf(slot: Slot): Buffer | Fault {
    const file = this.#read(slot);
    if (!('code' in file) && 'bytes' in file) {
      this.#countRead(file.bytes.length);
      return file.bytes;
    }
    return this.#parse(slot, file) as Fault;
  }

  /** Lists the folder again and forgets everything read. @throws UsageError as the constructor */
  rebuild(): void {
    this.#memory.clear();
    this.#memoryBytes = 0;
    this.#loading.clear();
    this.refresh();
  }

  /** Lists the folder again; what was read stays. @throws UsageError as the constructor */
  refresh(): void {
    this.#listing = list(this.folder);
    this.#index = undefined;
    this.#names = undefined;
  }

  /** Takes in what became of event files since the listing, by name, without listing all others. */
  adopt(names: Iterable<string>): { added: Slot[]; removed: number } {
    this.#names ??= new Set([...this.slots].map(({ name }) => name));
    const added: Slot[] = [];
    let removed = 0;
    for (const name of new Set(names)) {
      const slot = findSlot(this.folder, name);
      const isKnown = this.#names.has(name);
      if (isKnown && !slot) removed++;
      if (isKnown || !slot) continue;
      this.#names.add(name);
      added.push(slot);
    }
    if (added.length > 0) {
      this.#listing = this.#listing.with(added);
      this.#index = undefined;
    }
    return { added, removed };
  }

  /** Reads a slot anew, whatever is remembered of it, and remembers the answer unless it is faulty. */
  readAgain(slot: Slot): ReadOutcome {
    this.#forget(slot.name);
    const outcome = this.#parse(slot, this.#read(slot));
    return isFault(outcome) ? outcome : this.#keep(outcome);
  }

  /** See lookAhead. */
  async #lookAhead(
    positions: readonly number[],
    scanOptions: ScanOptions,
  ): Promise<Uint8Array | undefined> {
    const { crew } = this.options;
    const index = this.#index;
    if (!scanOptions.readsAll || !crew || !index) return undefined;
    return parallelScan(index, positions, scanOptions, crew, this.scheduler);
  }

  /** The answer that needs no file to be opened. @param passed places whose text is known not to fit */
  #knownAnswer(
    position: number,
    scanOptions: ScanOptions,
    passed: Uint8Array | undefined,
  ): Answer | undefined {
    if (this.#memory.size > 0) {
      const outcome = this.#memory.get(this.#listing.names.name(position));
      if (outcome) {
        this.scheduler.stats.remembered++;
        return outcome;
      }
    }
    const index = this.#index;
    const state = index?.trustOf(position) ?? ENTRY_TRUST.unknown;
    if (!index || state === ENTRY_TRUST.unknown) return undefined;
    const entry = index.entryAt(position);
    // What will be opened is compared then; what was sifted has been opened.
    if (!passed?.[position] && scanOptions.needsBody(entry)) return undefined;
    if (state === ENTRY_TRUST.doubtful && !index.checkFile(position)) return undefined;
    this.scheduler.stats.indexed++;
    return entry;
  }

  #openNow(position: number, scanOptions: ScanOptions): Answer {
    return this.#take(position, scanOptions, this.#read(this.#slotAt(position)));
  }

  /** Two passes that want one slot at the same time wait for one read. */
  async #loadLater(position: number, scanOptions: ScanOptions): Promise<Answer> {
    // Another pass may have read it while this one waited its turn.
    const known = this.#knownAnswer(position, scanOptions, undefined);
    if (known) return known;
    const slot = this.#slotAt(position);
    const target = this.#target(slot);
    if (typeof target !== 'string') return this.#kept(target, scanOptions);
    // What is sifted need not be parsed, so that there is nothing to wait for together.
    if (scanOptions.isLastPass || scanOptions.prefilters) {
      return this.#take(position, scanOptions, await readFileAsync(target, this.#wantsStamps));
    }
    const loading =
      this.#loading.get(slot.name) ??
      readFileAsync(target, this.#wantsStamps).then((file) => this.#learn(position, file));
    this.#loading.set(slot.name, loading);
    const outcome = await loading;
    // Unless the index was rebuilt meanwhile, and what was read is not to be remembered.
    if (this.#loading.get(slot.name) === loading) {
      this.#loading.delete(slot.name);
      this.#keep(outcome);
    }
    return outcome;
  }

  #slotAt(position: number): Slot {
    return this.#listing.at(position) as Slot;
  }

  get #wantsStamps(): boolean {
    return this.#index?.isKept ?? false;
  }

  #read(slot: Slot): FileRead | Fault {
    const target = this.#target(slot);
    if (typeof target !== 'string') return target;
    return this.scheduler.timed(() => readFileBlocking(target, this.#wantsStamps));
  }

  /** What a file that was read means to a pass. */
  #take(position: number, scanOptions: ScanOptions, file: FileRead | Fault): Answer {
    const index = this.#index;
    if (index && scanOptions.prefilters && !('code' in file) && 'bytes' in file) {
      const isKnown =
        index.trustOf(position) !== ENTRY_TRUST.unknown && index.checkStamp(position, file.stamp);
      if (isKnown) {
        const { mayHold, escapes } = applyPrefilters(
          scanOptions.prefilters,
          file.bytes,
          index.escapesOf(position),
        );
        if (escapes !== undefined) index.noteEscapes(position, escapes);
        if (!mayHold) {
          this.#countRead(file.bytes.length);
          return index.entryAt(position);
        }
      }
    }
    return this.#kept(this.#learn(position, file), scanOptions);
  }

  /** Parses what was read, and puts its entry into the index. */
  #learn(position: number, file: FileRead | Fault): ReadOutcome {
    const slot = this.#slotAt(position);
    const outcome = this.#parse(slot, file);
    if (isFault(outcome) || slot.type !== 'file') this.#index?.forget(position);
    else this.#index?.put(position, outcome.entry, 'stamp' in file ? file.stamp : undefined);
    return outcome;
  }

  #kept(outcome: ReadOutcome, { isLastPass }: ScanOptions): ReadOutcome {
    return isLastPass ? outcome : this.#keep(outcome);
  }

  #keep(outcome: ReadOutcome): ReadOutcome {
    const { name } = outcome.slot;
    this.#forget(name);
    const most = this.options.memory ?? DEFAULT_MEMORY;
    if (this.#memoryBytes + outcome.bytes <= most) {
      this.#memory.set(name, outcome);
      this.#memoryBytes += outcome.bytes;
    }
    return outcome;
  }

  #forget(name: string): void {
    const outcome = this.#memory.get(name);
    if (!outcome) return;
    this.#memory.delete(name);
    this.#memoryBytes -= outcome.bytes;
  }

  /** The path to open for a slot, or why it must not be opened. */
  #target(slot: Slot): string | Fault {
    if (slot.type === 'file' || slot.type === 'unknown')
      return `${this.folder.events}/${slot.name}`;
    const path = join(this.folder.events, slot.name);
    const fault = (code: Fault['code'], message: string): Fault => ({
      slot,
      code,
      message,
      bytes: 0,
    });
    if (slot.type !== 'link') return fault('not-a-file', `a ${slot.type}, not a file`);
    try {
      const real = realpathSync(path);
      if (!isInside(realpathSync(this.folder.path), real)) {
        return fault('linked-file', 'a link out of the conversation, not followed');
      }
      return statSync(real).isFile() ? real : fault('not-a-file', 'a link to what is not a file');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return fault('unreadable-file', `a link that leads nowhere (${code})`);
    }
  }

  #countRead(bytes: number): void {
    const { stats } = this.scheduler;
    stats.opened++;
    stats.read++;
    stats.bytes += bytes;
  }

  #parse(slot: Slot, file: FileRead | Fault): ReadOutcome {
    if ('code' in file) return file;
    if ('bytes' in file) {
      const outcome = decodeEvent(slot, file.bytes);
      this.#countRead(file.bytes.length);
      if (!isFault(outcome)) this.scheduler.stats.parsed++;
      return outcome;
    }
    if (file.failure === 'oversized') {
      this.scheduler.stats.opened++;
      const message = `larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB (${file.size} bytes), not read`;
      return { slot, code: 'oversized-file', message, bytes: 0 };
    }
    if (!isFolder(this.folder.path)) throw new ConversationGone(this.folder.path);
    const message = `can't be read (${file.reason})`;
    return { slot, code: 'unreadable-file', message, bytes: 0 };
  }

  /** Gives the newest file, where it is half-written, the moment that its writer needs. */
  #settled(answer: Answer, position: number): Answer | Promise<Answer> {
    const isNewest = position === this.#listing.length - 1;
    return isNewest && 'code' in answer ? this.#settledOf(answer) : answer;
  }

  async #settledOf(outcome: ReadOutcome): Promise<ReadOutcome> {
    const { slot } = outcome;
    if (
      this.options.assumeIdle ||
      slot.name !== this.slots.at(-1)?.name ||
      !looksHalfWritten(outcome)
    ) {
      return outcome;
    }
    if (!isLive(this.folder, slot.name, Date.now())) return outcome;
    let latest: ReadOutcome = outcome;
    for (const wait of WAITS) {
      await sleep(wait);
      latest = this.readAgain(slot);
      if (!looksHalfWritten(latest)) return latest;
    }
    const message = `being written: ${latest.message} as yet`;
    return this.#keep({ ...latest, code: 'in-flight-write', message });
  }
}
