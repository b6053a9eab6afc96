/** Place of an event file in a conversation, as its name tells it: the file need not be opened. */
export interface Slot {
  /** Position in the event log, from 0. */
  readonly index: number;
  /** Event id, as the file name has it. */
  readonly id: string;
  /** File name, without a folder. */
  readonly name: string;
  /** Folder entry type: only `file` and `link` can hold an event. */
  readonly type: DirectoryEntryType;
}

/** Slots in index order. They are made when asked for: a conversation can have a million. */
export interface Slots extends Iterable<Slot> {
  readonly length: number;
  /** As of arrays: from the end where it is negative. */
  at(position: number): Slot | undefined;
  /** All places, in order. */
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

// Source: openhands-sdk conversation/persistence_const.py, EVENT_NAME_RE.
const EVENT_NAME = /^event-(\d{5,})-([0-9a-fA-F-]{8,})\.json$/;

/** Index and id of an event file name, or undefined where the SDK would not take it for one. */
export function parseEventName(name: string): { index: number; id: string } | undefined {
  const match = EVENT_NAME.exec(name);
  // An index beyond all reason is rounded: it still stands last.
  return match ? { index: Number(match[1]), id: match[2] as string } : undefined;
}

/** The name under which the SDK writes, and looks for, what stands under a name with more zeros. */
export function canonicalName(name: string): string {
  return name.replace(/^event-0+(?=\d{5})/, 'event-');
}

/** An id without dashes and in lower case: the form in which ids are compared with what users type. */
export function bareId(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

/** Index order; files that share an index stand in the order of their names. */
export function bySlot(a: Slot, b: Slot): number {
  return a.index - b.index || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** How many events the SDK's index would hold, of sorted indices: 0, 1, 2 … up to the first missing one. */
export function reachable(length: number, indexAt: (position: number) => number): number {
  let next = 0;
  for (let position = 0; position < length; position++) {
    const index = indexAt(position);
    if (index > next) break;
    if (index === next) next++;
  }
  return next;
}
