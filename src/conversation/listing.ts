import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import { bySlot, type EntryType, parseEventName, reachable, type Slot } from '../model/slot.ts';
import { entriesOf, type Folder, lstatOf } from './folder.ts';

/** What a conversation's events folder holds, told by names alone: no event file is opened. */
export interface Listing {
  /** Event files in index order; two with one index are two slots. */
  readonly slots: Slot[];
  /** Names that the SDK would not take for event files. Hidden files are not among them. */
  readonly strangers: readonly string[];
}

/**
 * Lists a conversation's events. A folder that does not exist yet has none.
 *
 * @throws UsageError where the folder can't be listed.
 */
export function list(folder: Folder): Listing {
  let listing = listOnce(folder);
  // A folder that grows while it is read can show a newer file and miss an older one, so a gap
  // counts only if it is still there when looked at again.
  for (let tries = 0; tries < 3 && hasGap(listing.slots); tries++) {
    const again = listOnce(folder);
    const settled = again.slots.length === listing.slots.length;
    listing = again;
    if (settled) break;
  }
  return listing;
}

/** The slot of one name in the events folder, or undefined where no event can be there. @throws UsageError */
export function slotAt(folder: Folder, name: string): Slot | undefined {
  const parsed = parseEventName(name);
  const stat = parsed && lstatOf(join(folder.events, name));
  return stat && { ...parsed, name, type: typeOf(stat) };
}

function hasGap(slots: readonly Slot[]): boolean {
  const last = slots.at(-1);
  return last !== undefined && reachable(slots) <= last.index;
}

function listOnce(folder: Folder): Listing {
  const slots: Slot[] = [];
  const strangers: string[] = [];
  for (const entry of entriesOf(folder.events)) {
    const parsed = parseEventName(entry.name);
    if (parsed) slots.push({ ...parsed, name: entry.name, type: typeOf(entry) });
    else if (!entry.name.startsWith('.')) strangers.push(entry.name);
  }
  // A folder that holds event files directly holds everything else of the conversation too.
  const isShared = folder.events === folder.path;
  const odd = isShared ? strangers.filter((name) => name.startsWith('event-')) : strangers;
  return { slots: slots.sort(bySlot), strangers: odd.sort() };
}

function typeOf(entry: Dirent | Stats): EntryType {
  if (entry.isFile()) return 'file';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  return entry.isCharacterDevice() || entry.isBlockDevice() ? 'device' : 'unknown';
}
