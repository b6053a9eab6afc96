import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInRunner, RunnerSafety } from '../../../src/report/text/safety/runner-safe.ts';
import { actsOnRunner, hostileText } from '../../helpers/hostile-text.ts';
import { runs } from '../../helpers/sweep.ts';

const safe = (...pieces: string[]) => {
  const safety = new RunnerSafety();
  return pieces.map((piece) => safety.apply(piece)).join('');
};

describe('for workflow runners', () => {
  test.each([
    ['a ##[set-output name=x]y', 'a ##\\u005bset-output name=x]y'],
    ['##vso[task.complete]', '##vso\\u005btask.complete]'],
    ["##teamcity[message text='x']", "##teamcity\\u005bmessage text='x']"],
    ['::set-output name=x::y', ':\\u003aset-output name=x::y'],
    [' \t::add-mask::y', ' \t:\\u003aadd-mask::y'],
    ['a\r::error::x', 'a\r:\\u003aerror::x'],
    ['section_start:17:x', 'section_start\\u003a17:x'],
  ])('%j is spelled out', (text, expected) => {
    expect(safe(text)).toBe(expected);
  });

  test.each(['std::vector', 'a :: b', '## [link](x)', '# [x]', 'section_start: now'])(
    '%j stays',
    (text) => {
      expect(safe(text)).toBe(text);
    },
  );

  test('JSON keeps its meaning', () => {
    const value = { text: '##[x]\n::y\\##vso[z] section_end:1:x' };
    const json = safe(JSON.stringify(value));
    expect(actsOnRunner(json)).toEqual([]);
    expect(JSON.parse(json)).toEqual(value);
  });

  test('in a long line that is divided into pieces, nothing is changed or lost', () => {
    const line = `${'word::'.repeat(60)}end`;
    expect(safe(...line)).toBe(line);
  });

  test('wherever the output is divided into pieces', () => {
    const property = fc.property(
      fc.array(hostileText),
      fc.integer({ min: 1, max: 7 }),
      (texts, size) => {
        const text = texts.join('');
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(actsOnRunner(safe(...pieces))).toEqual([]);
      },
    );
    fc.assert(property, runs(5000, 300));
  });

  test.each([
    { CI: 'true' },
    { GITHUB_ACTIONS: 'true' },
    { TF_BUILD: 'True' },
    { TEAMCITY_VERSION: '1' },
  ])('are recognized by %j', (env) => {
    expect(isInRunner(env)).toBe(true);
  });

  test('are not where CI is unset, empty or false', () => {
    expect([{}, { CI: '' }, { CI: 'false' }].map(isInRunner)).toEqual([false, false, false]);
  });
});
