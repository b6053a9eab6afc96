import { CoreError } from '../domain/errors.ts';
import { bareId } from '../domain/ids.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { listSome } from '../text/wording.ts';

/*
 * How a page names the event at which it begins: by the event's id. Ids that people paste are compared without dashes
 * and case. So if another event's id differs only in that, or not at all, the page is named by the event's file.
 * Before it stands the way to the event's conversation, if that is a subagent.
 */

/** How many events an error lists. */
const MAX_LISTED_EVENTS = 3;

/** What `findPage` takes for the event at a position, and for no other. */
export function pageReference(slots: Slots, position: number): string {
  const slot = slots.at(position) as Slot;
  const { id, name } = slot;
  const [way, bare] = [wayOf(slot), bareId(id)];
  let same = 0;
  for (const other of slots) if (bareId(other.id) === bare && wayOf(other) === way) same++;
  if (same === 1) return way + id;
  // A name that a shell could change, such as one that ends in a line feed, is written out.
  const encoded = encodeURIComponent(name);
  return way + (encoded === name ? name.replace(/\.json$/, '') : encoded);
}

/** `subagents/5ab0…/` for an event of a subagent; empty for others. */
function wayOf({ conversation }: Slot): string {
  const folders = conversation?.way.split('/') ?? [];
  return folders.map((folder) => `${encodeURIComponent(folder)}/`).join('');
}

/**
 * The position of the event at which a page begins.
 *
 * @param page an id, with or without dashes, in any case; or the name of an event file. For an event of a subagent, the
 *   way to its folder stands before it
 * @param descending of several events with one id, the first in this order is taken
 * @throws CoreError if there is none, or if several ids differ from it only in dashes and case
 */
export function findPage(slots: Slots, page: string, descending: boolean): number {
  const slash = page.lastIndexOf('/') + 1;
  const [way, event] = [page.slice(0, slash), page.slice(slash)];
  const positions = [...slots.keys()].filter((at) => wayOf(slots.at(at) as Slot) === way);
  const where = (holds: (slot: Slot) => boolean) =>
    positions.filter((position) => holds(slots.at(position) as Slot));
  const bare = bareId(event);
  const named = where(
    ({ name }) => name === event || name === `${event}.json` || encodeURIComponent(name) === event,
  );
  const exact = named.length > 0 ? named : where(({ id }) => id === event);
  const found = exact.length > 0 ? exact : where(({ id }) => bareId(id) === bare);
  const position = descending ? found.at(-1) : found[0];
  if (position === undefined) {
    throw new CoreError('no-such-event', `${page}: no event has this id here`);
  }
  const ids = [...new Set(found.map((at) => (slots.at(at) as Slot).id))];
  if (ids.length === 1 || named.length > 0) return position;
  throw new CoreError(
    'ambiguous-event',
    `${page}: ids differ from it only in dashes or case: ${listSome(ids, MAX_LISTED_EVENTS)}`,
  );
}
