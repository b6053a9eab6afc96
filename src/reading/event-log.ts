import type { Entry } from '../domain/entry.ts';
import { type Fault, isFault, type ReadOutcome } from '../domain/event.ts';
import type { EventSource, ScanOptions, ScanVisitor } from '../domain/scan.ts';
import type { Slot } from '../domain/slot.ts';
import { ENTRY_TRUST } from '../index/entry-trust.ts';
import { EventIndex } from '../index/event-index.ts';
import type { IndexCache } from '../index/index-cache.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { EventStorage, FolderStamp } from '../storage/event-storage.ts';
import type { IdleOptions } from '../storage/in-flight.ts';
import type { Listing } from '../storage/listing.ts';
import type { FileContent } from '../storage/read-file.ts';
import { applyPrefilters } from '../text/literal-prefilter.ts';
import { EventMemory } from './event-memory.ts';
import { EventReader } from './event-reader.ts';
import { parallelScan } from './parallel-scan.ts';
import { READ_AT_ITS_TURN, type ReadScheduler } from './read-scheduler.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface LogOptions extends IdleOptions {
  /** Bytes of events to keep in memory for later scans. */
  readonly maxMemoryBytes?: number;
  /** Where indices are kept between runs. Without it, every file is read again. */
  readonly cache?: IndexCache | undefined;
  /** Threads that help where there are many files. */
  readonly workers?: WorkerPool | undefined;
}

/** Entries of the index that are shown before signals and timers get their turn: a few ms. */
const ENTRIES_BETWEEN_YIELDS = 20_000;

/** What a scan gets for a position: the entry if that is enough, else the event, or why it can't be read. */
type Answer = { readonly kind: 'entry'; readonly entry: Entry } | ReadOutcome;

/**
 * A conversation's events, in index order, as they were when the log was opened. Each file is opened, read and parsed
 * at most once, however many scans look at it, as long as the events fit into the memory; those that do not fit are
 * read again.
 */
export class EventLog implements EventSource {
  /** The events folder when the log was opened; undefined if it did not exist. */
  readonly stamp: FolderStamp | undefined;
  readonly reader: EventReader;
  readonly #index: EventIndex;
  readonly #memory: EventMemory;
  readonly #loading = new Map<string, Promise<ReadOutcome | typeof READ_AT_ITS_TURN>>();

  /** @throws CoreError if the events can't be listed */
  constructor(
    readonly storage: EventStorage,
    readonly scheduler: ReadScheduler,
    readonly options: LogOptions = {},
  ) {
    this.stamp = storage.stamp();
    this.reader = new EventReader(storage, scheduler, options);
    this.#index = new EventIndex(storage, this.stamp, options.cache);
    this.#memory = new EventMemory(options.maxMemoryBytes);
  }

  get folder(): ConversationFolder {
    return this.storage.folder;
  }

  get slots(): Listing {
    return this.#index.listing;
  }

  /** Names in the events folder that the SDK would not take for event files. */
  get unrecognized(): readonly string[] {
    return this.slots.unrecognized;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    return this.slots.reachable;
  }

  /** Bytes of all event files: as the index knows them, else as they are now. */
  get bytes(): number {
    let bytes = 0;
    for (const position of this.slots.keys()) {
      const known = this.#index.sizeAt(position);
      bytes += known ?? this.storage.stat(this.slots.names.name(position))?.size ?? 0;
    }
    return bytes;
  }

  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Pick<Slot, 'name'>): string {
    return this.storage.fileOf(slot);
  }

  /** See EventSource. @throws ConversationGone if the whole folder is gone */
  async scan(
    positions: readonly number[],
    options: ScanOptions,
    visitor: ScanVisitor,
  ): Promise<void> {
    if (!options.mayNeedBodies && this.#index.isFullyTrusted) {
      return this.#scanIndex(positions, visitor);
    }
    const ruledOut = await this.#scanInParallel(positions, options);
    const task = {
      known: (position: number) => this.#knownAnswer(position, options, ruledOut),
      now: (position: number) => this.#settled(this.#loadBlocking(position, options), position),
      later: async (position: number) => {
        const answer = await this.#loadAsync(position, options);
        return answer === READ_AT_ITS_TURN ? answer : this.#settled(answer, position);
      },
    };
    await this.scheduler.each<number, Answer>(positions, task, (answer, position) => {
      if (answer.kind === 'fault') return visitor.fault(answer, position);
      const event = answer.kind === 'event' ? answer : undefined;
      return visitor.entry(answer.entry, event, position);
    });
  }

  /** Scans the index alone: there is nothing to wait for. */
  async #scanIndex(positions: readonly number[], visitor: ScanVisitor): Promise<void> {
    for (let next = 0; next < positions.length; ) {
      const end = Math.min(positions.length, next + ENTRIES_BETWEEN_YIELDS);
      for (; next < end; next++) {
        const position = positions[next] as number;
        this.scheduler.stats.indexed++;
        if (visitor.entry(this.#index.entryAt(position), undefined, position)) return;
      }
      if (next < positions.length) await this.scheduler.yieldToEventLoop();
    }
  }

  /** See EventSource. */
  confirmEntries(positions: Iterable<number>): boolean {
    let isSame = true;
    for (const position of positions) {
      if (this.#index.trustOf(position) === ENTRY_TRUST.unknown) continue;
      if (this.#index.checkFile(position)) continue;
      this.#memory.forget(this.slots.names.name(position));
      isSame = false;
    }
    return isSame;
  }

  /** See EventSource. */
  peekEntry(position: number): Entry | undefined {
    return this.#index.peekEntry(position);
  }

  /** Keeps the index for later runs. */
  async save(): Promise<void> {
    await this.#index.save();
  }

  /** Reads one slot. @throws ConversationGone */
  async readOne(slot: Slot): Promise<ReadOutcome> {
    const known = this.#memory.get(slot.name);
    if (known) this.scheduler.stats.remembered++;
    const outcome = known ?? this.#memory.keep(this.reader.read(slot));
    return slot.name === this.slots.at(-1)?.name ? this.#settledOf(outcome) : outcome;
  }

  /** See parallelScan. */
  async #scanInParallel(
    positions: readonly number[],
    options: ScanOptions,
  ): Promise<Uint8Array | undefined> {
    const { workers } = this.options;
    if (!options.readsAll || !workers) return undefined;
    return parallelScan(this.#index, positions, options, workers, this.scheduler);
  }

  /** The answer for which no file must be opened. @param ruledOut 1 where the text is known not to match */
  #knownAnswer(
    position: number,
    options: ScanOptions,
    ruledOut: Uint8Array | undefined,
  ): Answer | undefined {
    if (!this.#memory.isEmpty) {
      const outcome = this.#memory.get(this.slots.names.name(position));
      if (outcome) {
        this.scheduler.stats.remembered++;
        return outcome;
      }
    }
    const trust = this.#index.trustOf(position);
    if (trust === ENTRY_TRUST.unknown) return undefined;
    const entry = this.#index.entryAt(position);
    // A file whose body is needed is compared when it is opened. One that a prefilter ruled out need not be opened again.
    if (!ruledOut?.[position] && options.needsBody(entry)) return undefined;
    if (trust === ENTRY_TRUST.doubtful && !this.#index.checkFile(position)) return undefined;
    this.scheduler.stats.indexed++;
    return { kind: 'entry', entry };
  }

  #loadBlocking(position: number, options: ScanOptions): Answer {
    const file = this.reader.readBlocking(this.#slotAt(position), this.#index.isKept);
    return this.#answerFrom(position, options, file);
  }

  /** Two scans that need one slot at the same time wait for one read. */
  async #loadAsync(
    position: number,
    options: ScanOptions,
  ): Promise<Answer | typeof READ_AT_ITS_TURN> {
    // Another scan may have read it while this one waited for its turn.
    const known = this.#knownAnswer(position, options, undefined);
    if (known) return known;
    const slot = this.#slotAt(position);
    // With prefilters the file may not have to be parsed, so there is no event to wait for together.
    if (options.isLastPass || options.prefilters) {
      const file = await this.reader.readAsync(slot, this.#index.isKept);
      if (file.kind === 'large') return READ_AT_ITS_TURN;
      return this.#answerFrom(position, options, file);
    }
    const loading =
      this.#loading.get(slot.name) ??
      this.reader.readAsync(slot, this.#index.isKept).then((file) => {
        if (file.kind === 'large') return READ_AT_ITS_TURN;
        return this.#memory.keep(this.#parse(position, file));
      });
    this.#loading.set(slot.name, loading);
    const outcome = await loading;
    this.#loading.delete(slot.name);
    return outcome;
  }

  #slotAt(position: number): Slot {
    return this.slots.at(position) as Slot;
  }

  /** What the content of a file means to a scan. */
  #answerFrom(position: number, options: ScanOptions, file: FileContent | Fault): Answer {
    if (options.prefilters && file.kind === 'content') {
      const index = this.#index;
      const isKnown =
        index.trustOf(position) !== ENTRY_TRUST.unknown && index.checkStamp(position, file.stamp);
      if (isKnown) {
        const { mayHold, escapes } = applyPrefilters(
          options.prefilters,
          file.bytes,
          index.escapesOf(position),
        );
        if (escapes !== undefined) index.noteEscapes(position, escapes);
        if (!mayHold) {
          this.reader.countRead(file.bytes.length);
          return { kind: 'entry', entry: index.entryAt(position) };
        }
      }
    }
    const outcome = this.#parse(position, file);
    return options.isLastPass ? outcome : this.#memory.keep(outcome);
  }

  /** Parses the content of a file, and stores its entry in the index. */
  #parse(position: number, file: FileContent | Fault): ReadOutcome {
    const slot = this.#slotAt(position);
    const outcome = this.reader.parse(slot, file);
    if (isFault(outcome) || slot.type !== 'file') this.#index.forget(position);
    else this.#index.put(position, outcome.entry, file.kind === 'content' ? file.stamp : undefined);
    return outcome;
  }

  /** Gives the newest file, if it is half-written, the moment that its writer needs. */
  #settled(answer: Answer, position: number): Answer | Promise<Answer> {
    const isNewest = position === this.slots.length - 1;
    return isNewest && answer.kind === 'fault' ? this.#settledOf(answer) : answer;
  }

  async #settledOf(outcome: ReadOutcome): Promise<ReadOutcome> {
    const settled = await this.reader.settle(outcome);
    return settled === outcome ? outcome : this.#memory.keep(settled);
  }
}
