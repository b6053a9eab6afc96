import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDecimals, mayChangeNumbers, quoteNumbers } from '../../src/text/stored-number.ts';
import { runs } from '../helpers/sweep.ts';

describe('numbers that JavaScript would change', () => {
  test.each([
    '9007199254740993',
    '1e400',
    '-0',
    '1.0',
    '1e5',
    '0.10',
    '1E2',
    '12345678901234567890.5',
  ])('%s is kept as it is', (digits) => {
    for (const json of [
      `{"a":${digits}}`,
      `[1, ${digits}]`,
      `{"a": ${digits} }`,
      `[[${digits}]]`,
    ]) {
      expect(mayChangeNumbers(json)).toBe(true);
      expect(quoteNumbers(json, '#')).toBe(json.replace(digits, `"#${digits}"`));
    }
  });

  test('other numbers, and numbers in strings, stay', () => {
    const json = '{"a":[1,-2.5,0],"12":"1.0 [1.0] \\"1e5","b":0.1}';
    expect(quoteNumbers(json, '#')).toBe(json);
  });

  test('strings end where JSON ends them', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        const both = `[${json},${JSON.stringify(text)},1e400]`;
        const [, , number] = JSON.parse(quoteNumbers(both, '#')) as unknown[];
        expect(number).toBe('#1e400');
      }),
      runs(5_000, 500),
    );
  });
});

describe('comparing decimal numbers', () => {
  test.each([
    ['922337203685506505', '922337203685506506', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['1e400', '1e399', 1],
    ['1e400', `1${'0'.repeat(400)}`, 0],
    ['-1e400', '1', -1],
    ['-0', '0', 0],
    ['0.1', '0.10', 0],
    ['0.1000000000000000000001', '0.1', 1],
    ['1e-400', '0', 1],
    ['-1e-400', '0', -1],
    ['1e99999999999999999999', '1e99999999999999999998', 1],
    ['007', '7', 0],
    ['120', '1.2e2', 0],
    ['-5', '-40', 1],
    ['.1', '0.1', 0],
  ])('%s against %s', (a, b, expected) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(expected);
    expect(Math.sign(compareDecimals(b, a))).toBe(0 - expected || 0);
  });

  test('agrees with integers of any length', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        const expected = a < b ? -1 : a > b ? 1 : 0;
        expect(Math.sign(compareDecimals(String(a), String(b)))).toBe(expected);
      }),
      runs(5_000, 500),
    );
  });

  test('refuses what is no number', () => {
    expect(() => compareDecimals('1', 'one')).toThrow(RangeError);
  });
});
