import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heapCostOf, MAX_COST_PER_BYTE } from '../../src/text/json-cost.ts';
import { runs } from '../helpers/sweep.ts';

const costOf = (text: string) => heapCostOf(Buffer.from(text));

/** What a value costs beyond its text, counted by walking through it. */
function structureOf(value: unknown): number {
  if (typeof value === 'string') return 16;
  if (typeof value !== 'object' || value === null) return 0;
  const isList = Array.isArray(value);
  const parts = Object.entries(value);
  const inside = parts.reduce(
    (sum, [, part]) => sum + structureOf(part) + (isList ? 0 : 64 + 16),
    0,
  );
  return 64 + inside + Math.max(0, parts.length - 1) * 8;
}

test('the structure is counted, and what strings contain is not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      expect(costOf(text)).toBe(Buffer.byteLength(text) + structureOf(JSON.parse(text)));
    }),
    runs(2000, 200),
  );
});

test.each([
  ['"[[[[{{{{,,,,::::"', 16],
  [String.raw`"a\"[[[\\"`, 16],
  [String.raw`"\\\\"`, 16],
  ['"never ends [[[', 16],
  [String.raw`"\\\"`, 16],
  ['[[[[', 4 * 64],
])('%s', (text, structure) => {
  expect(costOf(text)).toBe(text.length + structure);
});

test('no text costs more than MAX_COST_PER_BYTE, and counting stops when it is enough', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[[\]{}:,"\\a]{1,40}$/), (text) => {
      expect(costOf(text)).toBeLessThanOrEqual(text.length * MAX_COST_PER_BYTE);
    }),
    runs(2000, 200),
  );
  expect(heapCostOf(Buffer.from('['.repeat(1000)), 5000)).toBeLessThan(5100);
});
