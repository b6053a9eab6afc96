import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../domain/entry.ts';
import { ConversationGone } from '../domain/errors.ts';
import { type Fault, isFault, type Outcome } from '../domain/event.ts';
import { sift } from '../text/literal-prefilter.ts';
import type { Slot } from '../domain/slot.ts';
import type { Ask, Source, Visit } from '../domain/event-source.ts';
import { lookAhead } from './parallel-scan.ts';
import type { IndexCache } from '../index/index-cache.ts';
import type { Crew } from './worker-pool.ts';
import { decode } from '../storage/decode-event.ts';
import { type FileRead, LARGEST, readFileLater, readFileNow } from '../storage/read-file.ts';
import { type Folder, isFolder, isInside, lstatOf, statOf } from '../storage/conversation-folder.ts';
import { EventIndex } from '../index/event-index.ts';
import { isLive, looksHalfWritten } from '../storage/in-flight.ts';
import { type Listing, list, slotAt } from '../storage/listing.ts';
import type { ReadPool } from './read-scheduler.ts';
import { STATE } from '../index/entry-table.ts';

export interface LogOptions {
  /** Take a half-written newest file for what it would be at rest. */
  readonly assumeIdle?: boolean;
  /** Bytes of event text to keep in memory for later passes. */
  readonly memory?: number;
  /** Where the index is kept between runs; none, and every file is read anew. */
  readonly cache?: IndexCache | undefined;
  /** Who helps with many files. */
  readonly crew?: Crew | undefined;
}

/** Whole conversations of the usual size; parsed, events take several times the room of their text. */
const DEFAULT_MEMORY = 8 * 1024 * 1024;
/** Waits for a write in progress to end, in ms: writes take far less. */
const WAITS = [5, 10, 20, 40, 80];

/** Entries of the index that are shown before signals and timers get their turn: a few ms. */
const AT_ONCE = 20_000;

/** What a pass gets of a place: the entry where that is enough, else the event, or why there is none. */
type Answer = Entry | Outcome;

/**
 * A conversation's events, in index order. Each file is opened, read and parsed at most once, however
 * many passes look at it, and repeated access gives the same object, as long as the events read fit
 * in `memory`; what does not fit is read again. A file that is being written is looked at again.
 */
export class EventLog implements Source {
  /** The events folder as it was when first listed; undefined where there was none. */
  readonly stat: Stats | undefined;
  /** None once the listing has changed: places mean other events then. */
  #index: EventIndex | undefined;
  #listing: Listing;
  #names: Set<string> | undefined;
  readonly #memory = new Map<string, Outcome>();
  #memoryBytes = 0;
  readonly #loading = new Map<string, Promise<Outcome>>();

  /** @throws UsageError where the folder can't be listed. */
  constructor(
    readonly folder: Folder,
    readonly pool: ReadPool,
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
    return this.#listing.strangers;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    return this.#listing.reachable;
  }

  /** Bytes of all event files: as the index knows them, else as the files stand. */
  get bytes(): number {
    let bytes = 0;
    for (const place of this.#listing.keys()) {
      const path = () => join(this.folder.events, this.#listing.names.name(place));
      bytes += this.#index?.sizeAt(place) ?? lstatOf(path())?.size ?? 0;
    }
    return bytes;
  }

  /** A slot's file, relative to the conversation's directory. */
  fileOf({ name }: Pick<Slot, 'name'>): string {
    return join(relative(this.folder.path, this.folder.events), name);
  }

  /** See Source. @throws ConversationGone where the whole folder has vanished. */
  async visit(places: readonly number[], ask: Ask, visit: Visit): Promise<void> {
    if (!ask.mayNeedBody && this.#index?.isSettled) {
      return this.#visitIndexed(this.#index, places, visit);
    }
    const passed = await this.#lookAhead(places, ask);
    const work = {
      known: (place: number) => this.#knownAnswer(place, ask, passed),
      now: (place: number) => this.#settled(this.#openNow(place, ask), place),
      later: async (place: number) => this.#settled(await this.#loadLater(place, ask), place),
    };
    await this.pool.each<number, Answer>(places, work, (answer, place) => {
      if ('code' in answer) return visit(answer, undefined, place);
      return 'entry' in answer
        ? visit(answer.entry, answer, place)
        : visit(answer, undefined, place);
    });
  }

  /** Where the index answers all, there is nothing to wait for. */
  async #visitIndexed(index: EventIndex, places: readonly number[], visit: Visit): Promise<void> {
    for (let next = 0; next < places.length; ) {
      const end = Math.min(places.length, next + AT_ONCE);
      for (; next < end; next++) {
        const place = places[next] as number;
        this.pool.stats.indexed++;
        if (visit(index.entryAt(place), undefined, place)) return;
      }
      if (next < places.length) await this.pool.breathe();
    }
  }

  /** See Source. */
  confirm(places: Iterable<number>): boolean {
    let isSame = true;
    for (const place of places) {
      const state = this.#index?.stateOf(place) ?? STATE.unknown;
      if (state !== STATE.unknown && !this.#index?.compare(place)) {
        this.#forget(this.#listing.names.name(place));
        isSame = false;
      }
    }
    return isSame;
  }

  /** See Source. */
  peek(place: number): Entry | undefined {
    return this.#index?.peek(place);
  }

  /** Keeps what was learned for later runs. */
  async save(): Promise<void> {
    await this.#index?.save();
  }

  /** One slot's outcome. @throws ConversationGone */
  async readOne(slot: Slot): Promise<Outcome> {
    const known = this.#memory.get(slot.name);
    if (known) this.pool.stats.remembered++;
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
      const slot = slotAt(this.folder, name);
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
  readAgain(slot: Slot): Outcome {
    this.#forget(slot.name);
    const outcome = this.#parse(slot, this.#read(slot));
    return isFault(outcome) ? outcome : this.#keep(outcome);
  }

  /** See lookAhead. */
  async #lookAhead(places: readonly number[], ask: Ask): Promise<Uint8Array | undefined> {
    const { crew } = this.options;
    const index = this.#index;
    if (!ask.isWhole || !crew || !index) return undefined;
    return lookAhead(index, places, ask, crew, this.pool);
  }

  /** The answer that needs no file to be opened. @param passed places whose text is known not to fit */
  #knownAnswer(place: number, ask: Ask, passed: Uint8Array | undefined): Answer | undefined {
    if (this.#memory.size > 0) {
      const outcome = this.#memory.get(this.#listing.names.name(place));
      if (outcome) {
        this.pool.stats.remembered++;
        return outcome;
      }
    }
    const index = this.#index;
    const state = index?.stateOf(place) ?? STATE.unknown;
    if (!index || state === STATE.unknown) return undefined;
    const entry = index.entryAt(place);
    // What will be opened is compared then; what was sifted has been opened.
    if (!passed?.[place] && ask.body(entry)) return undefined;
    if (state === STATE.doubtful && !index.compare(place)) return undefined;
    this.pool.stats.indexed++;
    return entry;
  }

  #openNow(place: number, ask: Ask): Answer {
    return this.#take(place, ask, this.#read(this.#slotAt(place)));
  }

  /** Two passes that want one slot at the same time wait for one read. */
  async #loadLater(place: number, ask: Ask): Promise<Answer> {
    // Another pass may have read it while this one waited its turn.
    const known = this.#knownAnswer(place, ask, undefined);
    if (known) return known;
    const slot = this.#slotAt(place);
    const target = this.#target(slot);
    if (typeof target !== 'string') return this.#kept(target, ask);
    // What is sifted need not be parsed, so that there is nothing to wait for together.
    if (ask.once || ask.sieves) {
      return this.#take(place, ask, await readFileLater(target, this.#wantsStamps));
    }
    const loading =
      this.#loading.get(slot.name) ??
      readFileLater(target, this.#wantsStamps).then((file) => this.#learn(place, file));
    this.#loading.set(slot.name, loading);
    const outcome = await loading;
    // Unless the index was rebuilt meanwhile, and what was read is not to be remembered.
    if (this.#loading.get(slot.name) === loading) {
      this.#loading.delete(slot.name);
      this.#keep(outcome);
    }
    return outcome;
  }

  #slotAt(place: number): Slot {
    return this.#listing.at(place) as Slot;
  }

  get #wantsStamps(): boolean {
    return this.#index?.isKept ?? false;
  }

  #read(slot: Slot): FileRead | Fault {
    const target = this.#target(slot);
    if (typeof target !== 'string') return target;
    return this.pool.timed(() => readFileNow(target, this.#wantsStamps));
  }

  /** What a file that was read means to a pass. */
  #take(place: number, ask: Ask, file: FileRead | Fault): Answer {
    const index = this.#index;
    if (index && ask.sieves && !('code' in file) && 'bytes' in file) {
      const isKnown = index.stateOf(place) !== STATE.unknown && index.hold(place, file.stamp);
      if (isKnown) {
        const { mayHold, escapes } = sift(ask.sieves, file.bytes, index.escapesOf(place));
        if (escapes !== undefined) index.noteEscapes(place, escapes);
        if (!mayHold) {
          this.#countRead(file.bytes.length);
          return index.entryAt(place);
        }
      }
    }
    return this.#kept(this.#learn(place, file), ask);
  }

  /** Parses what was read, and puts its entry into the index. */
  #learn(place: number, file: FileRead | Fault): Outcome {
    const slot = this.#slotAt(place);
    const outcome = this.#parse(slot, file);
    if (isFault(outcome) || slot.type !== 'file') this.#index?.forget(place);
    else this.#index?.put(place, outcome.entry, 'stamp' in file ? file.stamp : undefined);
    return outcome;
  }

  #kept(outcome: Outcome, { once }: Ask): Outcome {
    return once ? outcome : this.#keep(outcome);
  }

  #keep(outcome: Outcome): Outcome {
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
    const { stats } = this.pool;
    stats.opened++;
    stats.read++;
    stats.bytes += bytes;
  }

  #parse(slot: Slot, file: FileRead | Fault): Outcome {
    if ('code' in file) return file;
    if ('bytes' in file) {
      const outcome = decode(slot, file.bytes);
      this.#countRead(file.bytes.length);
      if (!isFault(outcome)) this.pool.stats.parsed++;
      return outcome;
    }
    if (file.failure === 'oversized') {
      this.pool.stats.opened++;
      const message = `larger than ${LARGEST / 1024 / 1024} MiB (${file.size} bytes), not read`;
      return { slot, code: 'oversized-file', message, bytes: 0 };
    }
    if (!isFolder(this.folder.path)) throw new ConversationGone(this.folder.path);
    const message = `can't be read (${file.reason})`;
    return { slot, code: 'unreadable-file', message, bytes: 0 };
  }

  /** Gives the newest file, where it is half-written, the moment that its writer needs. */
  #settled(answer: Answer, place: number): Answer | Promise<Answer> {
    const isNewest = place === this.#listing.length - 1;
    return isNewest && 'code' in answer ? this.#settledOf(answer) : answer;
  }

  async #settledOf(outcome: Outcome): Promise<Outcome> {
    const { slot } = outcome;
    if (
      this.options.assumeIdle ||
      slot.name !== this.slots.at(-1)?.name ||
      !looksHalfWritten(outcome)
    ) {
      return outcome;
    }
    if (!isLive(this.folder, slot.name, Date.now())) return outcome;
    let latest: Outcome = outcome;
    for (const wait of WAITS) {
      await sleep(wait);
      latest = this.readAgain(slot);
      if (!looksHalfWritten(latest)) return latest;
    }
    const message = `being written: ${latest.message} as yet`;
    return this.#keep({ ...latest, code: 'in-flight-write', message });
  }
}
