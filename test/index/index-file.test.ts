import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import type { DirectoryEntryType, Slot } from '../../src/domain/slot.ts';
import { EntryTable } from '../../src/index/entry-table.ts';
import { ENTRY_TRUST } from '../../src/index/entry-trust.ts';
import { decodeIndex, encodeIndex, type StoredIndex } from '../../src/index/index-file.ts';
import type { Names } from '../../src/storage/listing.ts';
import type { FileStamp } from '../../src/storage/read-file.ts';
import { eventName } from '../helpers/memory.ts';
import { runs, sample } from '../helpers/sweep.ts';

function namesOf(
  list: readonly { index: number; name: string; type: DirectoryEntryType }[],
): Names {
  return {
    length: list.length,
    index: (position) => list[position]!.index,
    name: (position) => list[position]!.name,
    type: (position) => list[position]!.type,
  };
}

const id = fc.oneof(
  fc.uuid(),
  fc.uuid().map((one) => one.toUpperCase()),
  fc.stringMatching(/^[0-9a-fA-F-]{8,40}$/),
);
const slot = fc
  .record({
    index: fc.oneof(fc.nat(300), fc.integer({ min: 99_990, max: 200_000 })),
    id,
    zeros: fc.constantFrom('', '', '', '0', '00'),
    type: fc.constantFrom<DirectoryEntryType>('file', 'file', 'file', 'link', 'fifo'),
  })
  .map(({ index, id: one, zeros, type }) => ({
    index,
    type,
    name: eventName(index, one).replace('event-', `event-${zeros}`),
  }));
const word = fc.oneof(
  fc.constantFrom('', 'ActionEvent', 'terminal'),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((one) => one.isWellFormed()),
);
const entry = fc.record({
  kind: word,
  source: word,
  tool: fc.option(word, { nil: undefined }),
  stamp: fc.option(fc.record({ us: fc.maxSafeInteger(), naive: fc.boolean() }), { nil: undefined }),
  failed: fc.boolean(),
});
const time = fc.double({ noNaN: true });
const file = fc.record({ size: fc.nat(), ino: fc.maxSafeNat(), mtimeMs: time, ctimeMs: time });
const row = fc.record({ slot, entry, file, isKnown: fc.boolean() });

function inIndexOrder<T extends { slot: { index: number } }>(rows: T[]): T[] {
  return rows.sort((a, b) => a.slot.index - b.slot.index);
}

const KEY = Buffer.alloc(32, 7);
const STAMP = { dev: 3, ino: 7, mtimeMs: 1.5, ctimeMs: 2.5 };

function storedOf(
  rows: readonly {
    slot: { index: number; name: string; type: DirectoryEntryType };
    entry: Omit<Entry, 'slot'>;
    file: FileStamp;
    isKnown: boolean;
  }[],
): StoredIndex {
  const table = new EntryTable(rows.length);
  for (const [position, one] of rows.entries())
    if (one.isKnown) table.put(position, one.entry, one.file);
  return {
    path: '/conversations/ü/events',
    stamp: STAMP,
    names: namesOf(rows.map((one) => one.slot)),
    table,
  };
}

/** As files give it: aligned. */
function aligned(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

test('a decoded index equals what was encoded', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }).map(inIndexOrder), (rows) => {
      const bytes = encodeIndex(storedOf(rows), KEY);
      const back = decodeIndex(aligned(bytes!), KEY);
      expect(back).toMatchObject({
        path: '/conversations/ü/events',
        stamp: STAMP,
      });
      const { names, table } = back!;
      expect(names.length).toBe(rows.length);
      const slots = { at: (position: number) => ({ name: names.name(position) }) as Slot };
      for (const [position, one] of rows.entries()) {
        expect([names.index(position), names.name(position), names.type(position)]).toEqual([
          one.slot.index,
          one.slot.name,
          one.slot.type,
        ]);
        expect(table.trust[position]).toBe(one.isKnown ? ENTRY_TRUST.checked : ENTRY_TRUST.unknown);
        if (!one.isKnown) continue;
        const { kind, source, tool, stamp, failed } = table.entry(position, slots);
        expect({ kind, source, tool, stamp, failed }).toEqual(one.entry);
        expect(table.hasStamp(position, one.file)).toBe(true);
        for (const changed of ['size', 'ino', 'mtimeMs', 'ctimeMs'] as const) {
          const other = { ...one.file, [changed]: one.file[changed] === 1 ? 2 : 1 };
          expect(table.hasStamp(position, other)).toBe(false);
        }
      }
    }),
    runs(100, 50),
  );
});

test('an index takes about 60 bytes per event', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({
    slot: {
      index,
      name: eventName(index, '00000000-0000-4000-8000-000000000000'),
      type: 'file' as const,
    },
    entry: {
      kind: 'ActionEvent',
      source: 'agent',
      tool: 'terminal',
      stamp: { us: index, naive: true },
      failed: false,
    },
    file: { size: 5, ino: 5, mtimeMs: 5, ctimeMs: 5 },
    isKnown: true,
  }));
  expect(encodeIndex(storedOf(rows), KEY)!.length / 1000).toBeLessThan(64);
});

test('any damage is noticed, and another version or another key is not accepted', () => {
  const rows = inIndexOrder(fc.sample(row, { numRuns: 5, seed: 1 }));
  const whole = encodeIndex(storedOf(rows), KEY)!;
  expect(decodeIndex(aligned(whole), KEY)).toBeDefined();
  expect(decodeIndex(aligned(whole), Buffer.alloc(32, 8))).toBeUndefined();
  for (const at of sample([...whole.keys()], 200)) {
    const flipped = aligned(whole);
    flipped[at]! ^= 1 << (at % 8);
    expect(decodeIndex(flipped, KEY)).toBeUndefined();
    expect(decodeIndex(aligned(whole.subarray(0, at)), KEY)).toBeUndefined();
  }
  expect(decodeIndex(aligned(Buffer.concat([whole, Buffer.alloc(8)])), KEY)).toBeUndefined();
});

test('an entry that cannot be stored is left out, and the others are kept', () => {
  const table = new EntryTable(2);
  const odd = {
    kind: 'x'.repeat(1000),
    source: '',
    tool: undefined,
    stamp: undefined,
    failed: false,
  };
  const stamp = { size: 1, ino: 1, mtimeMs: 1, ctimeMs: 1 };
  table.put(0, odd, stamp);
  table.put(1, { ...odd, kind: '__proto__' }, stamp);
  expect([...table.trust]).toEqual([ENTRY_TRUST.unknown, ENTRY_TRUST.checked]);
  expect(table.entry(1, { at: () => undefined }).kind).toBe('__proto__');
});
