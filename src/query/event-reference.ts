import { CoreError } from '../domain/errors.ts';
import { bareId } from '../domain/ids.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { formatNumber } from '../text/wording.ts';

/** How many events an error lists. */
const MAX_LISTED_EVENTS = 3;

/**
 * The position of the event that a user names: by its index, by a negative number that counts from the end, by its id,
 * by 4 or more of the first digits of its id, or by the name of its file. An id that is written exactly so is preferred
 * to ids that differ in dashes or case, and those to longer ones.
 *
 * @throws CoreError if there is none, or more than one
 */
export function findEvent(slots: Slots, reference: string): number {
  if (/^-\d+$/.test(reference)) {
    const position = slots.length + Number(reference);
    if (position >= 0 && position < slots.length) return position;
    throw new CoreError(
      'no-such-event',
      `${reference}: there are ${formatNumber(slots.length)} events`,
    );
  }
  const isIndex = /^\d{1,9}$/.test(reference);
  const byIndex = isIndex ? positionsOf(slots, ({ index }) => index === Number(reference)) : [];
  if (byIndex.length > 0) return onlyOne(byIndex, slots, reference);
  const exact = positionsOf(slots, ({ id, name }) => id === reference || name === reference);
  if (exact.length > 0) return onlyOne(exact, slots, reference);
  const prefix = bareId(reference);
  if (!/^[0-9a-f]{4,}$/.test(prefix)) {
    throw new CoreError(
      'no-such-event',
      isIndex
        ? `${reference}: no event has this index here; ${indicesOf(slots)}`
        : `${reference}: not an event: give an index, -1 for the last, or 4 or more digits of an id; ${indicesOf(slots)}`,
    );
  }
  const whole = positionsOf(slots, ({ id }) => bareId(id) === prefix);
  if (whole.length > 0) return onlyOne(whole, slots, reference);
  const begun = positionsOf(slots, ({ id }) => bareId(id).startsWith(prefix));
  return onlyOne(begun, slots, reference);
}

/** The range of the indices, in words. */
function indicesOf(slots: Slots): string {
  const [first, last] = [slots.at(0)?.index, slots.at(-1)?.index];
  if (first === undefined || last === undefined) return 'there are no events';
  return first === last ? `the only index is ${first}` : `indices go from ${first} to ${last}`;
}

/** Ids that begin as a reference does, as far as at least its first half. */
function nearIds(slots: Slots, reference: string): string[] {
  const prefix = bareId(reference);
  const shared = prefix.slice(0, Math.max(MIN_SHARED_DIGITS, Math.ceil(prefix.length / 2)));
  return positionsOf(slots, ({ id }) => bareId(id).startsWith(shared))
    .slice(0, MAX_LISTED_EVENTS)
    .map((position) => (slots.at(position) as Slot).id);
}

const MIN_SHARED_DIGITS = 3;

function positionsOf(slots: Slots, holds: (slot: Slot) => boolean): number[] {
  return [...slots.keys()].filter((position) => holds(slots.at(position) as Slot));
}

function onlyOne(positions: readonly number[], slots: Slots, reference: string): number {
  const [position, ...others] = positions;
  if (position === undefined) {
    const near = nearIds(slots, reference);
    const meant = near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : '';
    throw new CoreError(
      'no-such-event',
      `${reference}: no event has this index or id here${meant}; ${indicesOf(slots)}`,
    );
  }
  if (others.length === 0) return position;
  const names = positions.slice(0, MAX_LISTED_EVENTS).map((one) => (slots.at(one) as Slot).name);
  const more = positions.length > MAX_LISTED_EVENTS ? ' …' : '';
  throw new CoreError(
    'ambiguous-event',
    `${reference}: ${positions.length} events match: ${names.join(', ')}${more}; give the whole id of one, or the name of its file`,
  );
}
