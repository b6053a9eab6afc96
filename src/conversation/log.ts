import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConversationGone } from '../model/errors.ts';
import { type Fault, isFault, type Outcome } from '../model/event.ts';
import { bySlot, reachable, type Slot } from '../model/slot.ts';
import { decode } from './decode.ts';
import { type FileRead, LARGEST, readFileLater, readFileNow } from './file.ts';
import { type Folder, isFolder, isInside, statOf } from './folder.ts';
import { isLive, looksHalfWritten } from './inflight.ts';
import { type Listing, list, slotAt } from './listing.ts';
import type { ReadPool } from './pool.ts';

export interface LogOptions {
  /** Take a half-written newest file for what it would be at rest. */
  readonly assumeIdle?: boolean;
  /** Bytes of event text to keep in memory for later passes. */
  readonly memory?: number;
}

/** Whole conversations of the usual size; parsed, events take several times the room of their text. */
const DEFAULT_MEMORY = 16 * 1024 * 1024;
/** Waits for a write in progress to end, in ms: writes take far less. */
const WAITS = [5, 10, 20, 40, 80];

/**
 * A conversation's events, in index order. Each file is opened, read and parsed at most once, however
 * many passes look at it, and repeated access gives the same object, as long as the events read fit
 * in `memory`; beyond it the oldest are let go. A file that is being written is looked at again.
 */
export class EventLog {
  /** The events folder as it was when first listed; undefined where there was none. */
  readonly stat: Stats | undefined;
  #listing: Listing;
  #names: Set<string> | undefined;
  #known = new Map<string, Outcome>();
  #knownBytes = 0;
  readonly #loading = new Map<string, Promise<Outcome>>();

  /** @throws UsageError where the folder can't be listed. */
  constructor(
    readonly folder: Folder,
    readonly pool: ReadPool,
    readonly options: LogOptions = {},
  ) {
    this.stat = statOf(folder.events);
    this.#listing = list(folder);
  }

  get slots(): readonly Slot[] {
    return this.#listing.slots;
  }

  /** Names in the events folder that the SDK would not take for event files. */
  get strangers(): readonly string[] {
    return this.#listing.strangers;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    return reachable(this.slots);
  }

  /** A slot's file, relative to the conversation's directory. */
  fileOf({ name }: Pick<Slot, 'name'>): string {
    return join(relative(this.folder.path, this.folder.events), name);
  }

  /**
   * The outcomes of slots, in their order, read within the pool's bound and no further ahead of the
   * caller than that. Never throws for a bad event: a fault is data.
   *
   * @param options `once`: nobody will ask for these again, so do not remember them
   * @throws ConversationGone where the whole folder has vanished.
   */
  async *read(slots: Iterable<Slot>, { once = false } = {}): AsyncGenerator<Outcome> {
    const outcomes = this.pool.map(slots, {
      known: (slot) => this.#recall(slot),
      now: (slot) => (once ? this.#openNow(slot) : this.#keep(slot, this.#openNow(slot))),
      later: (slot) => (once ? this.#openLater(slot) : this.#loadLater(slot)),
    });
    for await (const outcome of outcomes) yield await this.#settled(outcome);
  }

  /** One slot's outcome. @throws ConversationGone */
  async readOne(slot: Slot): Promise<Outcome> {
    for await (const outcome of this.read([slot])) return outcome;
    throw new Error('a read of one slot gave nothing');
  }

  /** Lists the folder again and forgets everything read. @throws UsageError as the constructor */
  rebuild(): void {
    this.#known.clear();
    this.#knownBytes = 0;
    this.#loading.clear();
    this.refresh();
  }

  /** Lists the folder again; what was read stays. @throws UsageError as the constructor */
  refresh(): void {
    this.#listing = list(this.folder);
    this.#names = undefined;
  }

  /** Takes in what became of event files since the listing, by name, without listing all others. */
  adopt(names: Iterable<string>): { added: Slot[]; removed: number } {
    this.#names ??= new Set(this.slots.map(({ name }) => name));
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
    added.sort(bySlot);
    const last = this.slots.at(-1);
    const isLater = added.length === 0 || !last || bySlot(last, added[0] as Slot) < 0;
    this.#listing.slots.push(...added);
    if (!isLater) this.#listing.slots.sort(bySlot);
    return { added, removed };
  }

  /** Reads a slot anew, whatever is remembered of it, and remembers the answer unless it is faulty. */
  readAgain(slot: Slot): Outcome {
    this.#forget(slot);
    const outcome = this.#openNow(slot);
    return isFault(outcome) ? outcome : this.#keep(slot, outcome);
  }

  #recall(slot: Slot): Outcome | undefined {
    const outcome = this.#known.get(slot.name);
    if (outcome) this.pool.stats.remembered++;
    return outcome;
  }

  #keep(slot: Slot, outcome: Outcome): Outcome {
    this.#forget(slot);
    this.#known.set(slot.name, outcome);
    this.#knownBytes += outcome.bytes;
    const most = this.options.memory ?? DEFAULT_MEMORY;
    for (const [name, { bytes }] of this.#known) {
      if (this.#knownBytes <= most) break;
      this.#known.delete(name);
      this.#knownBytes -= bytes;
    }
    return outcome;
  }

  #forget(slot: Slot): void {
    const outcome = this.#known.get(slot.name);
    if (!outcome) return;
    this.#known.delete(slot.name);
    this.#knownBytes -= outcome.bytes;
  }

  /** Two passes that want one slot at the same time wait for one read. */
  async #loadLater(slot: Slot): Promise<Outcome> {
    const known = this.#recall(slot); // another pass may have read it while this one waited its turn
    if (known) return known;
    const loading = this.#loading.get(slot.name) ?? this.#openLater(slot);
    this.#loading.set(slot.name, loading);
    const outcome = await loading;
    // Unless the index was rebuilt meanwhile, and what was read is not to be remembered.
    if (this.#loading.get(slot.name) === loading) {
      this.#loading.delete(slot.name);
      this.#keep(slot, outcome);
    }
    return outcome;
  }

  #openNow(slot: Slot): Outcome {
    const target = this.#target(slot);
    if (typeof target !== 'string') return target;
    const file = this.pool.timed(() => readFileNow(target));
    return this.#parse(slot, file);
  }

  async #openLater(slot: Slot): Promise<Outcome> {
    const target = this.#target(slot);
    return typeof target === 'string' ? this.#parse(slot, await readFileLater(target)) : target;
  }

  /** The path to open for a slot, or why it must not be opened. */
  #target(slot: Slot): string | Fault {
    const path = join(this.folder.events, slot.name);
    const fault = (code: Fault['code'], message: string): Fault => ({
      slot,
      code,
      message,
      bytes: 0,
    });
    if (slot.type === 'file' || slot.type === 'unknown') return path;
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

  #parse(slot: Slot, file: FileRead): Outcome {
    const { stats } = this.pool;
    if ('bytes' in file) {
      const outcome = decode(slot, file.bytes);
      stats.opened++;
      stats.read++;
      stats.bytes += file.bytes.length;
      if (!isFault(outcome)) stats.parsed++;
      return outcome;
    }
    if (file.failure === 'oversized') stats.opened++;
    if (file.failure === 'oversized') {
      const message = `larger than ${LARGEST / 1024 / 1024} MiB (${file.size} bytes), not read`;
      return { slot, code: 'oversized-file', message, bytes: 0 };
    }
    if (!isFolder(this.folder.path)) throw new ConversationGone(this.folder.path);
    const message = `can't be read (${file.reason})`;
    return { slot, code: 'unreadable-file', message, bytes: 0 };
  }

  /** Gives the newest file, where it is half-written, the moment that its writer needs. */
  async #settled(outcome: Outcome): Promise<Outcome> {
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
    return this.#keep(slot, { ...latest, code: 'in-flight-write', message });
  }
}
