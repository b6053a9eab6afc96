import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, isFault, type ReadOutcome } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import { decodeEvent } from '../storage/decode-event.ts';
import type { EventStorage } from '../storage/event-storage.ts';
import {
  hasChanged,
  type IdleOptions,
  isLive,
  isYoungEvent,
  looksHalfWritten,
} from '../storage/in-flight.ts';
import type { FileContent, LargeFile } from '../storage/read-file.ts';
import type { ReadScheduler } from './read-scheduler.ts';

/** How long to wait for a write in progress to end, each time. In ms: writes take far less. */
const WRITE_WAITS_MS = [5, 10, 20, 40, 80];

/** Reads event files: from a slot to its event, or to the fault that says why it can't be read. */
export class EventReader {
  constructor(
    readonly storage: EventStorage,
    readonly scheduler: ReadScheduler,
    readonly options: IdleOptions = {},
  ) {}

  /** Reads and parses a slot's file now. @throws ConversationGone */
  read(slot: Slot): ReadOutcome {
    return this.parse(slot, this.readBlocking(slot, false));
  }

  /** Reads a slot's file now, and gives the time that it took to the scheduler. @throws ConversationGone */
  readBlocking(slot: Slot, wantsStamp: boolean): FileContent | Fault {
    return this.scheduler.timed(() => this.storage.readBlocking(slot, wantsStamp));
  }

  /** Reads a slot's file without blocking the thread, unless it is large. @throws ConversationGone */
  readAsync(slot: Slot, wantsStamp: boolean): Promise<FileContent | LargeFile | Fault> {
    return this.storage.readAsync(slot, wantsStamp);
  }

  /** A file's bytes, valid or not; or why they can't be read. @throws ConversationGone */
  bytesOf(slot: Slot): FileContent | Fault {
    const file = this.readBlocking(slot, false);
    if (file.kind === 'content') this.countRead(file.bytes.length);
    else this.#countFault(file);
    return file;
  }

  /** Parses what reading a slot's file gave. */
  parse(slot: Slot, file: FileContent | Fault): ReadOutcome {
    if (file.kind === 'fault') {
      this.#countFault(file);
      return file;
    }
    const outcome = decodeEvent(slot, file.bytes, this.storage.limits);
    this.countRead(file.bytes.length);
    if (!isFault(outcome)) this.scheduler.stats.parsed++;
    return outcome;
  }

  countRead(bytes: number): void {
    const { stats } = this.scheduler;
    stats.opened++;
    stats.read++;
    stats.bytes += bytes;
  }

  #countFault({ code }: Fault): void {
    if (code === 'oversized-file') this.scheduler.stats.opened++;
  }

  /**
   * The outcome of the newest event file, after waiting briefly for its writer to finish. A file that is still
   * incomplete after that gets the fault `in-flight-write`, if somebody seems to be writing it.
   */
  async settle(outcome: ReadOutcome): Promise<ReadOutcome> {
    const { slot } = outcome;
    if (this.options.assumeIdle || !looksHalfWritten(outcome)) return outcome;
    const { folder } = this.storage;
    const now = Date.now();
    let isWriting = isLive(folder, slot.name, now, this.options);
    if (!isWriting && !isYoungEvent(folder, slot.name, now)) return outcome;
    let latest: Fault = outcome;
    const before = this.storage.stat(slot.name);
    for (const wait of WRITE_WAITS_MS) {
      await sleep(wait);
      const again = this.read(slot);
      if (!looksHalfWritten(again)) return again;
      latest = again;
    }
    isWriting ||=
      latest.bytes !== outcome.bytes || hasChanged(before, this.storage.stat(slot.name));
    if (!isWriting) return latest;
    const message = `being written: ${latest.message} as yet`;
    return { ...latest, code: 'in-flight-write', message };
  }
}
