/** A place in the event log, with all that the file's name says. The file need not be opened. */
export interface Slot {
  /** Index in the event log, from 0. */
  readonly index: number;
  /** Event id, as in the file name. */
  readonly id: string;
  /** File name, without a folder. */
  readonly name: string;
  /** Only `file` and `link` can hold an event. */
  readonly type: DirectoryEntryType;
  /** In a source that joins conversations: the one that the event belongs to. Left out for the outermost one. */
  readonly conversation?: SlotConversation;
}

/** A conversation inside another one. */
export interface SlotConversation {
  readonly id: string;
  /** Its folder, relative to that of the outermost conversation. It is unique, and an id need not be. */
  readonly way: string;
}

/** Slots in index order. They are created on demand, because a conversation can have a million. */
export interface Slots extends Iterable<Slot> {
  readonly length: number;
  /** As for arrays: a negative position counts from the end. */
  at(position: number): Slot | undefined;
  /** All positions, in order. */
  keys(): Iterable<number>;
}

export type DirectoryEntryType =
  | 'file'
  | 'link'
  | 'folder'
  | 'fifo'
  | 'socket'
  | 'device'
  | 'unknown';

/** Compares by index. Files that share an index are ordered by name. */
export function bySlot(a: Slot, b: Slot): number {
  return a.index - b.index || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * How many events the SDK's index would contain: those with the indices 0, 1, 2 … before the first missing index.
 *
 * @param length how many events there are
 * @param indexAt returns the index of the event at a position; positions are in index order
 */
export function reachable(length: number, indexAt: (position: number) => number): number {
  let next = 0;
  for (let position = 0; position < length; position++) {
    const index = indexAt(position);
    if (index > next) break;
    if (index === next) next++;
  }
  return next;
}
