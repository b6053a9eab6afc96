import { CoreError } from '../domain/errors.ts';
import type { ReadOutcome } from '../domain/event.ts';
import type { Fact } from '../domain/facts/facts.ts';
import type { EventReader } from '../reading/event-reader.ts';
import { LiveLog } from '../reading/live-log.ts';
import { type ConversationFolder, conversationAt } from '../storage/conversation-folder.ts';
import type { FolderStamp } from '../storage/event-storage.ts';
import { isYoung } from '../storage/file-age.ts';
import { looksHalfWritten } from '../storage/in-flight.ts';
import { isFolder } from '../storage/paths.ts';
import { EndWatch } from './end-watch.ts';
import { forgetRemoved, landed, mayHaveChanged, unseen } from './landed.ts';
import { StatusWatch, stampOfState } from './status-watch.ts';

/** What is kept of a conversation while it is written to. */
interface Active {
  readonly log: LiveLog;
  readonly seen: Set<string>;
  readonly status: StatusWatch;
  readonly ending: EndWatch;
}

/** Something that happened to one of the conversations that are followed. */
export type MemberChange =
  | { readonly kind: 'outcome'; readonly outcome: ReadOutcome }
  | { readonly kind: 'ended'; readonly status: Fact<string> }
  | { readonly kind: 'removed'; readonly files: number }
  /** It can't be followed any more. */
  | { readonly kind: 'lost'; readonly message: string };

/** Without a new event for so long, a conversation is idle. In ms. */
const ACTIVE_MS = 30_000;

/**
 * One of many conversations that are followed. While nobody writes to it, it is a stamp and a number: no file is open, and no
 * names are kept.
 */
export class FollowedMember {
  #active: Active | undefined;
  #activeUntil = 0;
  #stamp: FolderStamp | undefined;
  /** The stamp of base_state.json at the last look: it can be written long after the last event. */
  #stateStamp: string;
  /** The end that was reported, while no event follows it. */
  #reportedEnd: string | undefined;
  /** Index of the last event that was there before, or was shown; -1 if there is none. */
  #lastIndex: number;

  /**
   * @param known the events up to this index are not reported, and the folder had this stamp then; undefined if all are news
   * @param ends statuses that are reported
   */
  constructor(
    readonly folder: ConversationFolder,
    readonly reader: EventReader,
    readonly ends: readonly string[],
    known: KnownEvents | undefined,
  ) {
    this.#lastIndex = known?.lastIndex ?? -1;
    this.#stamp = known?.stamp;
    this.#stateStamp = stampOfState(folder);
  }

  get lastIndex(): number {
    return this.#lastIndex;
  }

  isActive(now: number): boolean {
    return now < this.#activeUntil;
  }

  /** Looks for what has happened since the last look. @param now ms since the epoch */
  *look(now: number): Generator<MemberChange> {
    try {
      if (!isFolder(this.folder.path)) {
        yield { kind: 'lost', message: `the conversation's folder is gone: ${this.folder.path}` };
        return;
      }
      const stamp = this.reader.storage.stamp();
      const isChanged = stamp !== undefined && mayHaveChanged(this.#stamp, stamp);
      const stateStamp = stampOfState(this.folder);
      if (stateStamp !== this.#stateStamp) this.#activeUntil = now + ACTIVE_MS;
      this.#stateStamp = stateStamp;
      if (isChanged || this.#active || this.isActive(now)) yield* this.#lookInside(isChanged, now);
      this.#stamp = stamp;
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      yield { kind: 'lost', message: error.message };
    }
  }

  *#lookInside(isChanged: boolean, now: number): Generator<MemberChange> {
    const { log, seen, status, ending } = this.#activate();
    if (isChanged) {
      log.refresh();
      const files = forgetRemoved([...log.slots], seen);
      if (files > 0) yield { kind: 'removed', files };
    }
    const pending = unseen([...log.slots], seen);
    let isQuiet = true;
    for (const outcome of landed(log, pending, seen)) {
      isQuiet = false;
      status.note(outcome);
      ending.note(outcome);
      yield { kind: 'outcome', outcome };
    }
    const ended = isQuiet ? ending.take() : undefined;
    if (!isQuiet) this.#reportedEnd = undefined;
    if (ended && ended.value !== this.#reportedEnd) {
      this.#reportedEnd = ended.value;
      yield { kind: 'ended', status: ended };
    }
    if (!isQuiet) this.#activeUntil = now + ACTIVE_MS;
    // The status of a conversation that nobody has written to is no news.
    const isNews = this.isActive(now);
    const changed = isNews ? status.look(isQuiet) : undefined;
    if (changed && changed !== 'no-status') ending.look(changed);
    if (!isNews && pending.length === 0) this.#rest();
  }

  #activate(): Active {
    if (this.#active) return this.#active;
    conversationAt(this.folder.path); // refuses a folder that is a link out
    const log = new LiveLog(this.reader);
    const before = [...log.slots].filter(({ index }) => index <= this.#lastIndex);
    const seen = new Set(before.map(({ name }) => name));
    this.#active = { log, seen, status: new StatusWatch(log), ending: new EndWatch(this.ends) };
    return this.#active;
  }

  /** Forgets all but what is needed to notice the next event. */
  #rest(): void {
    this.#lastIndex = this.#active?.log.slots.at(-1)?.index ?? this.#lastIndex;
    this.#active = undefined;
  }
}

/** The events that a conversation has. */
export interface KnownEvents {
  /** Index of the last one that is completely written; -1 if there is none. */
  readonly lastIndex: number;
  /** Undefined if an event is being written: that does not change the stamp. */
  readonly stamp: FolderStamp | undefined;
}

/** The events that there are now. @param now ms since the epoch. @throws CoreError if they can't be listed */
export function eventsNow(reader: EventReader, now: number): KnownEvents {
  const stamp = reader.storage.stamp();
  const slots = reader.storage.list();
  const last = slots.at(-1);
  const file = last && reader.storage.stat(last.name);
  const isHalfWritten =
    last && file && isYoung(file.mtimeMs, now) && looksHalfWritten(reader.read(last));
  if (!isHalfWritten) return { lastIndex: last?.index ?? -1, stamp };
  return { lastIndex: slots.at(-2)?.index ?? -1, stamp: undefined };
}
