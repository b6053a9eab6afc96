import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  safeBlock,
  safeJson,
  safeOutput,
  safeText,
} from '../../../src/report/text/terminal-safe.ts';
import { actsOnTerminal, hostileText } from '../../helpers/hostile-text.ts';
import { runs } from '../../helpers/sweep.ts';

test.each([
  '👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣ ❤️ ©️ 👁️‍🗨️ 🧑🏽‍🚀',
  'می‌خواهم',
  'क्‍ष ശ്രീ',
  '葛󠄀 ≨︀',
  'שָׁלוֹם ٠١٢ مرحبا',
  'မြွှာ e\u0301\u0302',
  '한국어 각',
])('text that needs marks, joiners or selectors stays: %s', (text) => {
  expect(safeText(text)).toBe(text);
});

test.each([
  ['pass\u00adword', 'pass\\xadword'],
  ['\u115f\u1160\u3164\uffa0', '\\u115f\\u1160\\u3164\\uffa0'],
  ['\u2061\u2062\u2063\u2064', '\\u2061\\u2062\\u2063\\u2064'],
  ['a\u200cb\u200dc', 'a\\u200cb\\u200dc'],
  ['❤\ufe0f\ufe0f', '❤\ufe0f\\ufe0f'],
  ['a\u{e0100}', 'a\\u{e0100}'],
  ['\ufff9a\ufffb', '\\ufff9a\\ufffb'],
  ['\u2800\u180e\u034f', '\\u2800\\u180e\\u034f'],
  [`a${'\u0301'.repeat(10)}`, `a${'\u0301'.repeat(8)}\\u0301\\u0301`],
  ['\u0301a', '\\u0301a'],
])('%j is spelled out', (text, expected) => {
  expect(safeText(text)).toBe(expected);
});

test('nothing acts on a terminal, whatever the text', () => {
  const property = fc.property(hostileText, (text) => {
    for (const shown of [safeText(text), safeBlock(text), safeJson(JSON.stringify(text))]) {
      expect(actsOnTerminal(shown)).toEqual([]);
      expect(safeOutput(shown)).toBe(shown);
    }
    expect(JSON.parse(safeJson(JSON.stringify(text)))).toBe(text);
  });
  fc.assert(property, runs(10_000, 500));
});
