import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import glob from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../src/domain/event.ts';
import { EntryKernel } from '../../src/kernel/entry-kernel.ts';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { ROOT } from '../helpers/environment.ts';
import { RECORDED } from '../helpers/screens.ts';
import { runs } from '../helpers/sweep.ts';

const kernel = new EntryKernel();
const SLOT = { index: 0, id: '', name: 'event-00000-0.json', type: 'file' } as const;

/** The entry of an event, by parsing it; undefined for what is no event. */
function parsedEntry(bytes: Buffer) {
  const outcome = decodeEvent(SLOT, bytes);
  if (isFault(outcome)) return undefined;
  const { slot: _, ...entry } = outcome.entry;
  return entry;
}

/** Compares what the kernel says of a text with what parsing says. @returns whether the kernel was sure */
function agree(bytes: Buffer): boolean {
  const entry = kernel.entryOf(bytes);
  if (entry) expect(entry, bytes.toString().slice(0, 1000)).toEqual(parsedEntry(bytes));
  return entry !== undefined;
}

const text = (value: unknown) => Buffer.from(JSON.stringify(value));
const eventFiles = (folder: string) =>
  glob
    .sync('**/events/event-*.json', { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file)));
const files = eventFiles(join(ROOT, 'fixtures')).concat(eventFiles(RECORDED));

describe('the kernel and the parser agree', () => {
  test('on every event of the fixtures and of recorded conversations', () => {
    const valid = files.filter((bytes) => parsedEntry(bytes) !== undefined);
    const sure = files.filter(agree);
    expect(sure.length).toBeGreaterThan(valid.length * 0.95);
  });

  test('on damaged events', () => {
    const damagedBytes = fc
      .record({
        bytes: fc.constantFrom(...files.filter(({ length }) => length < 20_000)),
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        removed: fc.oneof(fc.constant(0), fc.nat(3)),
        added: fc.oneof(
          fc.constantFrom(...TOKENS).map((token) => Buffer.from(token)),
          fc.constantFrom('x', ' a', 'é', '日本', '😀', '\\n').map((token) => Buffer.from(token)),
          fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
        ),
        end: fc.oneof(
          { arbitrary: fc.constant(1), weight: 4 },
          { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 1 },
        ),
      })
      .map(({ bytes, at, removed, added, end }) => {
        const place = placeIn(bytes, at);
        const changed = [bytes.subarray(0, place), added, bytes.subarray(place + removed)];
        const whole = Buffer.concat(changed);
        return whole.subarray(0, Math.round(whole.length * end));
      });
    let sure = 0;
    let refused = 0;
    const check = (bytes: Buffer) => {
      if (agree(bytes)) sure++;
      else if (parsedEntry(bytes) === undefined) refused++;
    };
    fc.assert(fc.property(damagedBytes, check), runs(50_000, 5000));
    // Both happen often, or the comparison would say nothing.
    expect(sure).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(500);
  });

  test('on events of all shapes', () => {
    const leaf = fc.oneof(
      fc.constantFrom(...VALUES),
      fc.string({ maxLength: 5 }),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.integer({ min: -3, max: 300 }),
    );
    const inner = fc.dictionary(fc.constantFrom(...KEYS), leaf, { maxKeys: 5 });
    const value = fc.oneof(leaf, inner, fc.array(leaf, { maxLength: 2 }));
    const observation = fc.oneof(
      value,
      fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 6 }),
    );
    const event = fc.dictionary(fc.constantFrom(...KEYS), observation, { maxKeys: 8 });
    let sure = 0;
    const check = (shape: unknown, indent: number) => {
      if (agree(Buffer.from(JSON.stringify(shape, undefined, indent)))) sure++;
    };
    const shapes = fc.property(event, fc.constantFrom(0, 2), check);
    fc.assert(shapes, runs(100_000, 10_000));
    expect(sure).toBeGreaterThan(500);
  });
});

/** What decides about an entry, and what looks like it. */
const KEYS = [
  ...['kind', 'source', 'timestamp', 'tool_name', 'tool_kind', 'status', 'success', 'is_error'],
  ...['observation', 'error', 'exit_code', 'metadata', 'id', 'kin', 'kindly', '__proto__', 'é'],
];
const VALUES = [
  ...[null, true, false, '', 0, -1, 1, 2, 127, -0, 0.5, 1e21, 'failed', 'error'],
  ...['ActionEvent', 'ObservationEvent', 'HookExecutionEvent', 'ACPToolCallEvent'],
  ...['AgentErrorEvent', 'a.b.MessageEvent', '2026-02-22T10:00:00.123456', '2026-02-22', 'tool'],
];
/** Pieces of JSON, and pieces that look like it. */
const TOKENS = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'E5', '01', 'true', 'null'],
  ...['tru', 'NaN', 'Infinity', ' ', '\n', '\t', '\0', '\x1f', '\u2028', '\\u12', '\\u0041', '\\x'],
  ...[
    '/**/',
    "'",
    '\ufeff',
    'é',
    '日本',
    '😀',
    '\\ud800',
    '"kind":"X",',
    '"kind":null,',
    '{}',
    '[]',
  ],
  ...[',"exit_code":1', ',"exit_code":1.0', '"observation":{"is_error":true},', ',,', '[,]', '{,}'],
];

/** A place near the beginning half of the time: an entry is mostly made of what is there. */
function placeIn(bytes: Buffer, at: number): number {
  return at < 0.5
    ? Math.floor(at * 2 * Math.min(400, bytes.length))
    : Math.floor(at * bytes.length);
}

describe('the kernel is not sure of', () => {
  const unsure: Record<string, Buffer> = {
    'no text': Buffer.alloc(0),
    'a text that is no object': Buffer.from('[{"kind":"X"}]'),
    'a byte order mark': Buffer.from('\ufeff{}'),
    'two members of one name': Buffer.from('{"kind":"A","kind":"B"}'),
    'a key with an escape': Buffer.from('{"\\u006bind":"A"}'),
    'a kind with an escape': Buffer.from('{"kind":"\\u0041"}'),
    'a kind beyond ASCII': text({ kind: 'é' }),
    'a kind that is no text': text({ kind: 1 }),
    'an exit code with a fraction': Buffer.from('{"observation":{"exit_code":1.0}}'),
    'an observation that is no object': text({ observation: 'x' }),
    'a text that is too deep': Buffer.from(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`),
    'a text that is too long': text({ a: 'x'.repeat(1 << 20) }),
    'bytes that are not UTF-8': Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0x80, 0x22, 0x7d]),
    'half of a surrogate pair in UTF-8': Buffer.from([
      ...Buffer.from('{"a":"'),
      ...[0xed, 0xa0, 0x80, 0x22, 0x7d],
    ]),
    'a text that ends in a character': Buffer.from([...Buffer.from('{"a":"'), 0xe2, 0x82]),
    'something after the event': Buffer.from('{} {}'),
  };
  for (const [name, bytes] of Object.entries(unsure)) {
    test(name, () => expect(kernel.entryOf(bytes)).toBeUndefined());
  }
});

test('no text leaves anything behind for the next one', () => {
  const failure = text({ kind: 'ObservationEvent', tool_name: 't', observation: { exit_code: 1 } });
  expect(kernel.entryOf(failure)).toMatchObject({ failed: true, tool: 't' });
  expect(kernel.entryOf(Buffer.from('{"kind":"Message'))).toBeUndefined();
  expect(kernel.entryOf(Buffer.from('{}'))).toEqual({
    kind: '',
    source: '',
    stamp: undefined,
    tool: undefined,
    failed: false,
  });
});
