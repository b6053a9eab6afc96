import { describe, expect, test } from 'vitest';
import { findLoops } from '../../src/history/loops.ts';

type Made = Parameters<typeof findLoops>[0][number];

/** Calls with these letters, each answered alike. A `|` before a letter is a start. An upper-case letter fails. */
function calls(letters: string): Made[] {
  return [...letters.matchAll(/(\|?)(\w)/g)].map(([, start, letter = '']) => {
    const error = letter === letter.toUpperCase() ? 'the error' : undefined;
    return {
      call: letter,
      isStart: start === '|',
      answer: error ?? 'done',
      isAnswerKnown: true,
      error,
      response: undefined,
    };
  });
}

/** The loops: `same-calls 1×3 at 0`. */
function loopsIn(made: readonly Made[]): string[] {
  const found = findLoops(made);
  const loops = new Set(found.filter((loop) => loop !== undefined));
  return [...loops].map(
    (loop) => `${loop.number} ${loop.kind} ${loop.period}×${loop.times} at ${found.indexOf(loop)}`,
  );
}

describe('loops of the same calls', () => {
  test.each([
    ['aa', []],
    ['aaa', ['1 same-calls 1×3 at 0']],
    ['xababab', ['1 same-calls 2×3 at 1']],
    ['abcabcabcx', ['1 same-calls 3×3 at 0']],
    ['abcdabcdabcd', ['1 same-calls 4×3 at 0']],
    ['abcdeabcdeabcde', []],
    ['aa|a', []],
    ['a|aaa', ['1 same-calls 1×3 at 1']],
  ])('%s: %j', (letters, loops) => {
    expect(loopsIn(calls(letters))).toEqual(loops);
  });

  test.each([
    [`aaa${'ba'.repeat(10)}`, ['1 same-calls 1×3 at 0', '2 same-calls 2×10 at 3']],
    [`${'ba'.repeat(10)}aa`, ['1 same-calls 2×9 at 0', '2 same-calls 1×3 at 19']],
    ['abababcbcbcb', ['1 same-calls 2×3 at 0', '2 same-calls 2×3 at 6']],
    ['aaabbb', ['1 same-calls 1×3 at 0', '2 same-calls 1×3 at 3']],
    [
      `aaab${'ab'.repeat(3)}ccc`,
      ['1 same-calls 1×3 at 0', '2 same-calls 2×3 at 3', '3 same-calls 1×3 at 10'],
    ],
  ])('that touch: %s', (letters, loops) => {
    expect(loopsIn(calls(letters))).toEqual(loops);
  });

  test('whose answers differ, or are not known', () => {
    const made = calls('aaa');
    const [first, second, third] = made as [Made, Made, Made];
    const other = { ...third, answer: 'other' };
    const unknown = { ...third, isAnswerKnown: false };
    const same = (last: Made) => findLoops([first, second, last])[0]?.sameAnswers;
    expect([same(third), same(other), same(unknown)]).toEqual([true, false, undefined]);
  });
});

describe('loops of the same error', () => {
  test('with different calls', () => {
    expect(loopsIn(calls('ABCD'))).toEqual(['1 same-error 1×4 at 0']);
    expect(loopsIn(calls('AB|C'))).toEqual([]);
    expect(loopsIn(calls('abcd'))).toEqual([]);
  });

  test('a loop of the same calls that goes on with the same error is one loop', () => {
    expect(loopsIn(calls('AAAB'))).toEqual(['1 same-error 1×4 at 0']);
    expect(loopsIn(calls('AAA'))).toEqual(['1 same-calls 1×3 at 0']);
    expect(loopsIn(calls('ABAAAxBBBC'))).toEqual([
      '1 same-error 1×5 at 0',
      '2 same-error 1×4 at 6',
    ]);
  });

  test('calls of one response count once', () => {
    const made = calls('ABCD').map((call) => ({ ...call, response: 'one' }));
    expect(loopsIn(made)).toEqual([]);
  });
});

test('many loops are found without comparing each with each', () => {
  let reads = 0;
  const rounds = 5_000;
  const made = calls('AAAxBBBCy'.repeat(rounds)).map((call) => ({
    ...call,
    get call() {
      reads++;
      return call.call;
    },
  }));
  const loops = new Set(findLoops(made).filter((loop) => loop !== undefined));
  expect(loops.size).toBe(2 * rounds);
  expect(reads).toBeLessThan(30 * made.length);
});
