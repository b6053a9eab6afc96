/** An event file's entry in the log, as far as its name says: the file need not be opened. */
export interface Slot {
  /** Index in the event log, from 0. */
  readonly index: number;
  /** Event id, as the file name has it. */
  readonly id: string;
  /** File name, without a folder. */
  readonly name: string;
  /** Only `file` and `link` can hold an event. */
  readonly type: DirectoryEntryType;
}

/** Slots in index order. They are made on demand, because a conversation can have a million. */
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

/** Index order. Files that share an index are in the order of their names. */
export function bySlot(a: Slot, b: Slot): number {
  return a.index - b.index || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * How many events the SDK's index would hold: those of the indices 0, 1, 2 … up to the first missing one.
 *
 * @param length how many events there are
 * @param indexAt index of the event at a position, in index order
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
