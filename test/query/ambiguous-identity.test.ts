import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEventFileName } from '../../src/domain/event-file-name.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { findEvent } from '../../src/query/event-reference.ts';
import { makeFilter } from '../../src/query/filter.ts';
import { findPage, pageReference } from '../../src/query/page-reference.ts';
import { search } from '../../src/query/search.ts';
import { loaded, memorySource, stampAt } from '../helpers/memory.ts';
import { UTC } from '../helpers/query-answers.ts';
import { runs } from '../helpers/sweep.ts';

/** Ids that are nearly the same: other letters in capitals, other dashes, one of them twice. */
const nearId = fc
  .record({
    digits: fc.constantFrom('aaaaaaaa00004000', 'aaaaaaaa00004001', 'abcdefab', '12345678'),
    capitals: fc.nat(255),
    dashes: fc.nat(255),
  })
  .map(({ digits, capitals, dashes }) =>
    [...digits]
      .map((digit, at) => {
        const letter = (capitals >> (at % 8)) & 1 ? digit.toUpperCase() : digit;
        return letter + ((dashes >> (at % 8)) & 1 ? '-' : '');
      })
      .join(''),
  );

const DIGITS = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '０１２３４５６７８９', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗', '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿'].map(
  (row) => [...row],
);

/** Names that the SDK takes for event files, of few indices: padded, in digits of other scripts, with a line feed. */
const nearName = fc
  .record({
    index: fc.nat(3),
    id: nearId,
    width: fc.constantFrom(5, 5, 6, 9),
    script: fc.constantFrom(...DIGITS, DIGITS[0]!),
    end: fc.constantFrom('', '', '\n'),
  })
  .map(({ index, id, width, script, end }) => {
    const digits = [...String(index).padStart(width, '0')].map((digit) => script[Number(digit)]);
    return `event-${digits.join('')}-${id}.json${end}`;
  });

const slotsOf = (names: readonly string[]): Slot[] =>
  names
    .map((name) => ({ ...parseEventFileName(name)!, name, type: 'file' as const }))
    .sort((a, b) => a.index - b.index || (a.name < b.name ? -1 : 1));

const nearSlots = fc.uniqueArray(nearName, { minLength: 1, maxLength: 12 }).map(slotsOf);

describe('ids and names that are nearly the same', () => {
  test('a walk through pages yields what one search yields', async () => {
    await fc.assert(
      fc.asyncProperty(
        nearSlots,
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.constantFrom('time' as const, 'index' as const),
        fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
        async (slots, limit, descending, order, times) => {
          const source = memorySource(
            slots.map((slot, at) => {
              const timestamp = stampAt((times[at] as number) * 1_000_000);
              return loaded(slot, { id: slot.id, kind: 'PauseEvent', timestamp });
            }),
          );
          const filter = makeFilter({}, UTC);
          const request = { filter, zone: UTC, descending, order, before: 0, after: 0 };
          const all = (await search(source, request)).lines.map(({ position }) => position);
          expect([...all].sort((a, b) => a - b)).toEqual([...slots.keys()]);
          const walked: number[] = [];
          let page: string | null | undefined;
          for (let pages = 0; page !== null && pages <= slots.length; pages++) {
            const found = await search(source, { ...request, limit, ...(page && { page }) });
            walked.push(...found.lines.map(({ position }) => position));
            page = found.nextPage;
          }
          expect(walked).toEqual(all);
        },
      ),
      runs(2000, 150),
    );
  });

  test('a page reference leads back to its event, and survives a shell that drops line feeds', () => {
    fc.assert(
      fc.property(nearSlots, fc.boolean(), (slots, descending) => {
        for (const position of slots.keys()) {
          const reference = pageReference(slots, position);
          expect(findPage(slots, reference, descending)).toBe(position);
          expect(reference).toBe(reference.trim());
        }
      }),
      runs(2000, 150),
    );
  });

  test('an event is found by its exact id or by the name of its file', () => {
    fc.assert(
      fc.property(nearSlots, (slots) => {
        for (const [position, { id, name }] of slots.entries()) {
          expect(findEvent(slots, name)).toBe(position);
          const isIndex = /^\d+$/.test(id) && slots.some(({ index }) => index === Number(id));
          const isUnique = slots.filter((slot) => slot.id === id).length === 1;
          if (isUnique && !isIndex && !/^-\d+$/.test(id))
            expect(findEvent(slots, id)).toBe(position);
        }
      }),
      runs(1000, 100),
    );
  });

  test('an id that several events have, but for dashes and case, is refused as a page', () => {
    const slots = slotsOf(['event-00000-AAAAaaaa.json', 'event-00001-aaaaAAAA.json']);
    expect(() => findPage(slots, 'aaaa-aaaa', false)).toThrow(
      'differ from it only in dashes or case',
    );
    expect(findPage(slots, 'aaaaAAAA', false)).toBe(1);
  });
});
