import { CoreError } from '../domain/errors.ts';
import { bareId } from '../domain/ids.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { listSome } from '../text/wording.ts';

/*
 * How a page names the event at which it begins: by the event's id. Ids that people paste are compared without dashes
 * and case. So if another event's id differs only in that, or not at all, the page is named by the event's file.
 */

/** How many events an error lists. */
const MAX_LISTED_EVENTS = 3;

/** What `findPage` takes for the event at a position, and for no other. */
export function pageReference(slots: Slots, position: number): string {
  const { id, name } = slots.at(position) as Slot;
  const bare = bareId(id);
  let same = 0;
  for (const slot of slots) if (bareId(slot.id) === bare) same++;
  if (same === 1) return id;
  // A name that a shell could change, such as one that ends in a line feed, is written out.
  const encoded = encodeURIComponent(name);
  return encoded === name ? name.replace(/\.json$/, '') : encoded;
}

/**
 * The position of the event at which a page begins.
 *
 * @param page an id, with or without dashes, in any case; or the name of an event file
 * @param descending of several events with one id, the first in this order is taken
 * @throws CoreError if there is none, or if several ids differ from it only in dashes and case
 */
export function findPage(slots: Slots, page: string, descending: boolean): number {
  const positions = [...slots.keys()];
  const where = (holds: (slot: Slot) => boolean) =>
    positions.filter((position) => holds(slots.at(position) as Slot));
  const bare = bareId(page);
  const named = where(
    ({ name }) => name === page || name === `${page}.json` || encodeURIComponent(name) === page,
  );
  const exact = named.length > 0 ? named : where(({ id }) => id === page);
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
