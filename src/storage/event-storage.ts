import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import type { Listing } from './listing.ts';
import type { FileContent, FileStamp, LargeFile } from './read-file.ts';
import type { ReadLimits } from './read-limits.ts';

/** Returns when an event's file was written, in ms since the epoch; undefined if that is not known. */
export function writeTimesOf(storage: EventStorage): (name: string) => number | undefined {
  return (name) => storage.stat(name)?.mtimeMs;
}

/** What identifies the state of a folder: while it is the same, no file came, went or was replaced. */
export interface FolderStamp {
  readonly dev: number;
  readonly ino: number;
  /** In ms since the epoch. Any program can set this time. */
  readonly mtimeMs: number;
  /** Time of the last status change, in ms since the epoch. Only the system sets this time, to its own clock. */
  readonly ctimeMs: number;
}

/**
 * Where the event files of one conversation are kept. This is all that reading and indexing know about it: a
 * folder is one implementation, an archive or a single-file export can be another.
 */
export interface EventStorage {
  readonly folder: ConversationFolder;
  /** How much of an event is read and parsed. */
  readonly limits: ReadLimits;
  /** Identifies the storage between runs: the real path of the events folder. */
  readonly location: string;
  /** Directory whose files worker threads may open by name; undefined if there is none. */
  readonly directory: string | undefined;
  /** Lists the event files from their names. @throws CoreError if they can't be listed */
  list(): Listing;
  /** The slot of one name, without listing the others; undefined if no event file of that name is there. */
  find(name: string): Slot | undefined;
  /** State of the whole storage; undefined while it does not exist. */
  stamp(): FolderStamp | undefined;
  /**
   * Whether stamps show every change here, and the events may be listed and opened now. If not, an index must not
   * answer.
   */
  readonly isIndexable: boolean;
  /** State of a regular file; undefined for anything else. */
  stat(name: string): FileStamp | undefined;
  /** A slot's file, relative to the conversation's directory, for people and for JSON. */
  fileOf(slot: Pick<Slot, 'name'>): string;
  /** Whether an event file of this name is there at all. */
  has(name: string): boolean;
  /** Reads a slot's file on this thread. @throws ConversationGone if the whole folder is gone */
  readBlocking(slot: Slot, wantsStamp: boolean): FileContent | Fault;
  /**
   * Reads a slot's file without blocking the thread, unless it is large: many of those at once could take all memory.
   *
   * @throws ConversationGone if the whole folder is gone
   */
  readAsync(slot: Slot, wantsStamp: boolean): Promise<FileContent | LargeFile | Fault>;
}
