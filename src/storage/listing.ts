import { type Dirent, opendirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import {
  bySlot,
  type DirectoryEntryType,
  parseEventName,
  reachable,
  type Slot,
  type Slots,
} from '../domain/slot.ts';
import { type ConversationFolder, lstatOf } from './conversation-folder.ts';

/** What a listing knows of its event files, by place. */
export interface Names {
  readonly length: number;
  name(position: number): string;
  index(position: number): number;
  type(position: number): DirectoryEntryType;
  /** Indices are 0, 1, 2 … without gap or double, for sure. */
  readonly isDense?: boolean;
}

/** What a conversation's events folder holds, told by names alone: no event file is opened. */
export class Listing implements Slots {
  /**
   * @param names event files in index order; two with one index are two slots
   * @param unrecognized names that the SDK would not take for event files, hidden files not among them
   */
  constructor(
    readonly names: Names,
    readonly unrecognized: readonly string[] = [],
  ) {}

  get length(): number {
    return this.names.length;
  }

  /** Made anew each time: a million of them would take more room than all else. */
  at(position: number): Slot | undefined {
    const at = position < 0 ? this.length + position : position;
    if (at < 0 || at >= this.length) return undefined;
    const name = this.names.name(at);
    const id = name.slice(name.indexOf('-', HEAD) + 1, -TAIL);
    return { index: this.names.index(at), id, name, type: this.names.type(at) };
  }

  *[Symbol.iterator](): Generator<Slot> {
    for (const position of this.keys()) yield this.at(position) as Slot;
  }

  *keys(): Generator<number> {
    for (let position = 0; position < this.length; position++) yield position;
  }

  /** How many events the SDK's own index would hold. */
  get reachable(): number {
    if (this.names.isDense) return this.length;
    return reachable(this.length, (position) => this.names.index(position));
  }

  /** The listing with more slots. */
  with(added: readonly Slot[]): Listing {
    return new Listing(this.#grown([...added].sort(bySlot)), this.unrecognized);
  }

  #grown(added: readonly Slot[]): Names {
    const last = this.at(-1);
    const [first] = added;
    // What lands nearly always comes last, and often: only then is nothing copied.
    const isLater = !last || !first || bySlot(last, first) < 0;
    if (isLater && this.names instanceof SlotNames && this.names.isLongest) {
      this.names.slots.push(...added);
      return new SlotNames(this.names.slots);
    }
    return new SlotNames([...this, ...added].sort(bySlot));
  }
}

/** Names of slots that are there already. A longer listing can share them, and shows more of them. */
class SlotNames implements Names {
  readonly length: number;

  constructor(readonly slots: Slot[]) {
    this.length = slots.length;
  }
  get isLongest(): boolean {
    return this.length === this.slots.length;
  }
  name(position: number): string {
    return (this.slots[position] as Slot).name;
  }
  index(position: number): number {
    return (this.slots[position] as Slot).index;
  }
  type(position: number): DirectoryEntryType {
    return (this.slots[position] as Slot).type;
  }
}

/** Names as the folder gave them, in order. */
class FolderNames implements Names {
  constructor(
    readonly listEvents: readonly string[],
    /** None where they are 0, 1, 2 … without gap or double. */
    readonly indices: readonly number[] | undefined,
    /** Types of the few that are not regular files. */
    readonly odd: ReadonlyMap<string, DirectoryEntryType>,
  ) {}
  get length(): number {
    return this.listEvents.length;
  }
  get isDense(): boolean {
    return this.indices === undefined;
  }
  name(position: number): string {
    return this.listEvents[position] as string;
  }
  index(position: number): number {
    return this.indices ? (this.indices[position] as number) : position;
  }
  type(position: number): DirectoryEntryType {
    if (this.odd.size === 0) return 'file';
    return this.odd.get(this.listEvents[position] as string) ?? 'file';
  }
}

/**
 * Lists a conversation's events. A folder that does not exist yet has none.
 *
 * @throws UsageError where the folder can't be listed.
 */
export function list(folder: ConversationFolder): Listing {
  let listing = listOnce(folder);
  // A folder that grows while it is read can show a newer file and miss an older one, so a gap
  // counts only if it is still there when looked at again.
  for (let tries = 0; tries < 3 && hasGap(listing); tries++) {
    const again = listOnce(folder);
    const settled = again.length === listing.length;
    listing = again;
    if (settled) break;
  }
  return listing;
}

/** The slot of one name in the events folder, or undefined where no event can be there. @throws UsageError */
export function findSlot(folder: ConversationFolder, name: string): Slot | undefined {
  const parsed = parseEventName(name);
  const stat = parsed && lstatOf(join(folder.events, name));
  return stat && { ...parsed, name, type: typeOf(stat) };
}

function hasGap(listing: Listing): boolean {
  const last = listing.length - 1;
  return last >= 0 && listing.reachable <= listing.names.index(last);
}

/** Names that the system is asked for at once. */
const BATCH_NAMES = 4096;

function listOnce(folder: ConversationFolder): Listing {
  const names: string[] = [];
  const indices: number[] = [];
  const odd = new Map<string, DirectoryEntryType>();
  const strangers: string[] = [];
  eachEntry(folder.events, (entry) => {
    const { name } = entry;
    const index = indexOf(name);
    if (index !== undefined) {
      names.push(name);
      indices.push(index);
      if (!entry.isFile()) odd.set(name, typeOf(entry));
    } else if (!name.startsWith('.')) strangers.push(name);
  });
  // A folder that holds event files directly holds everything else of the conversation too.
  const isShared = folder.events === folder.path;
  const strange = isShared ? strangers.filter((name) => name.startsWith('event-')) : strangers;
  return new Listing(sorted(names, indices, odd), strange.sort());
}

/** Unsorted, which takes half the time of `readdirSync` for 100,000 names. @throws UsageError */
function eachEntry(path: string, visit: (entry: Dirent) => void): void {
  try {
    const folder = opendirSync(path, { bufferSize: BATCH_NAMES });
    try {
      for (let entry = folder.readSync(); entry; entry = folder.readSync()) visit(entry);
    } finally {
      folder.closeSync();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'ENOENT') throw new UsageError(`can't list ${path}: ${code ?? message}`);
  }
}

/** Characters of an event's id: hex digits and dashes. */
const IN_ID = Uint8Array.from({ length: 128 }, (_, code) =>
  /[0-9a-fA-F-]/.test(String.fromCharCode(code)) ? 1 : 0,
);
/** Length of `event-`, of an id of the usual form, and of `.json`. */
const [HEAD, ID, TAIL] = [6, 36, 5];

/** Index of an event file's name: the usual form by its characters, which is several times faster. */
function indexOf(name: string): number | undefined {
  const digits = name.length - HEAD - 1 - ID - TAIL;
  if (digits !== 5 && digits !== 6) return parseEventName(name)?.index;
  let index = 0;
  for (let at = HEAD; at < HEAD + digits; at++) {
    const digit = name.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return parseEventName(name)?.index;
    index = index * 10 + digit;
  }
  const id = HEAD + digits + 1;
  for (let at = id; at < id + ID; at++) {
    if (IN_ID[name.charCodeAt(at)] !== 1) return parseEventName(name)?.index;
  }
  const isUsual = name.startsWith('event-') && name[id - 1] === '-' && name.endsWith('.json');
  return isUsual ? index : parseEventName(name)?.index;
}

function sorted(
  names: readonly string[],
  indices: readonly number[],
  odd: ReadonlyMap<string, DirectoryEntryType>,
): FolderNames {
  const dense = inPlace(names, indices);
  if (dense) return new FolderNames(dense, undefined, odd);
  const order = bySorting(names, indices);
  return new FolderNames(
    order.map((at) => names[at] as string),
    order.map((at) => indices[at] as number),
    odd,
  );
}

/** Each name at its index, if these are 0, 1, 2 … without gap or double: the usual case, and no sorting. */
function inPlace(names: readonly string[], indices: readonly number[]): string[] | undefined {
  const placed = new Array<string>(names.length);
  for (let at = 0; at < names.length; at++) {
    const index = indices[at] as number;
    if (index >= names.length || placed[index] !== undefined) return undefined;
    placed[index] = names[at] as string;
  }
  return placed;
}

function bySorting(names: readonly string[], indices: readonly number[]): number[] {
  return indices
    .map((_, at) => at)
    .sort(
      (a, b) =>
        (indices[a] as number) - (indices[b] as number) ||
        ((names[a] as string) < (names[b] as string) ? -1 : 1),
    );
}

function typeOf(entry: Dirent | Stats): DirectoryEntryType {
  if (entry.isFile()) return 'file';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  return entry.isCharacterDevice() || entry.isBlockDevice() ? 'device' : 'unknown';
}
