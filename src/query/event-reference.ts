import { UsageError } from '../domain/errors.ts';
import { bareId, type Slot, type Slots } from '../domain/slot.ts';

/** How many events an error names. */
const MAX_LISTED_EVENTS = 3;

/**
 * The place of the event that a user names: by its index, from the end where it is negative, by its id, or
 * by 4 or more of its id's first digits.
 *
 * @throws UsageError where there is none, or more than one
 */
export function findEvent(slots: Slots, reference: string): number {
  if (/^-\d+$/.test(reference)) {
    const position = slots.length + Number(reference);
    if (position >= 0 && position < slots.length) return position;
    throw new UsageError(`${reference}: there are ${slots.length} events`);
  }
  const isIndex = /^\d{1,9}$/.test(reference);
  const byIndex = isIndex ? placesOf(slots, ({ index }) => index === Number(reference)) : [];
  if (byIndex.length > 0) return theOnly(byIndex, slots, reference);
  const prefix = bareId(reference);
  if (!/^[0-9a-f]{4,}$/.test(prefix)) {
    const last = slots.at(-1)?.index;
    const range = last === undefined ? 'there are none' : `indices go up to ${last}`;
    throw new UsageError(
      isIndex
        ? `${reference}: no event of this index here; ${range}`
        : `${reference}: not an event: an index, -1 for the last, or 4 or more digits of an id`,
    );
  }
  return theOnly(
    placesOf(slots, ({ id }) => bareId(id).startsWith(prefix)),
    slots,
    reference,
  );
}

function placesOf(slots: Slots, holds: (slot: Slot) => boolean): number[] {
  return [...slots.keys()].filter((position) => holds(slots.at(position) as Slot));
}

function theOnly(positions: readonly number[], slots: Slots, reference: string): number {
  const [position, ...others] = positions;
  if (position === undefined)
    throw new UsageError(`${reference}: no event of this index or id here`);
  if (others.length === 0) return position;
  const names = positions.slice(0, MAX_LISTED_EVENTS).map((one) => (slots.at(one) as Slot).name);
  const more = positions.length > MAX_LISTED_EVENTS ? ' …' : '';
  throw new UsageError(
    `${reference}: ${positions.length} events match: ${names.join(', ')}${more}; name one by its whole id`,
  );
}
