import { describe, expect, test } from 'vitest';
import { mayTakeSteps } from '../../../src/text/regex/cost.ts';
import { makePattern, testPattern } from '../../../src/text/regex/pattern.ts';

/** Patterns that practically never end on a text of `a` only, and no repetition in a repetition to see it by. */
const MANY_CHOICES = '(a|a)'.repeat(40);
const MANY_OPTIONS = `${'a?'.repeat(20)}${'a'.repeat(20)}b`;

describe('a match that takes too long ends with an error', () => {
  test.each([
    '(a+)+$',
    '(a|a)*c',
    '(a?){40}c',
    '(x|(a+)+)$',
    '(?=(a+)+b)x',
    '(?<=^b(a|aa)+)!',
    '(?<n>a*)*\\k<n>c',
    '([a-z]+)*\\d',
    '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\9c',
    `${MANY_CHOICES}b`,
    MANY_OPTIONS,
    '(?:(?:a*)*)*b',
  ])('%s', (source) => {
    const pattern = makePattern(source, false, 20);
    expect(() => testPattern(pattern, ['ordinary', `${'a'.repeat(60)}!`])).toThrow(
      expect.objectContaining({
        name: 'UndecidedMatch',
        code: 'match-timeout',
        message: `the pattern ${source} took longer than 0.02 s`,
      }),
    );
  });

  test('one repetition, in a long text', () => {
    const pattern = makePattern('a*b', false, 20);
    expect(() => testPattern(pattern, ['a'.repeat(1_000_000)])).toThrow(/0\.02 s/);
  });
});

test('after a match that was cut off, the pattern still matches other texts', () => {
  const pattern = makePattern('(a+)+$', false, 20);
  expect(() => testPattern(pattern, [`${'a'.repeat(60)}!`])).toThrow();
  expect(testPattern(pattern, ['xaaa'])).toBe(true);
  expect(testPattern(pattern, ['b'])).toBe(false);
});

test.each([
  'error',
  'error|fail(ed|ure)?|timed? out|exception|panic|traceback|denied|refused',
  '\\d+ (failed|passed)',
  'def \\w+\\(',
  'import .*json',
  '^\\s*at ',
  '"exit_code": [1-9]',
  'https?://[^ ]+',
])('an ordinary pattern needs no watch in an ordinary text: %s', (source) => {
  const text = `${'some words of output\n'.repeat(100)}`;
  expect(mayTakeSteps(new RegExp(source), [text], 1e8)).toBe(false);
});
