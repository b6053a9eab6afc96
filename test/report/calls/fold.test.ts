import { expect, test } from 'vitest';
import type { Call } from '../../../src/history/calls.ts';
import { foldCalls } from '../../../src/report/calls/fold.ts';
import { openCalls } from '../../helpers/calls.ts';

const shell = (command: string) => ({
  tool: 'terminal',
  action: { kind: 'TerminalAction', command },
});

const keyOf = ({ subject }: Call) => subject.description;

const sizes = (calls: readonly Call[], key = keyOf) =>
  foldCalls(calls, key).map((line) => line.calls.length);

test('calls in a row are folded, alone and in the rounds of a loop', async () => {
  expect(sizes(await openCalls(['a', 'a', 'b'].map(shell)))).toEqual([2, 1]);
  expect(sizes(await openCalls(['a', 'b', 'a', 'b', 'a', 'b'].map(shell)))).toEqual([3, 3]);
});

test('calls are not folded across one that was left out', async () => {
  const calls = await openCalls(['a', 'a', 'b', 'a'].map(shell));
  expect(sizes(calls.filter((call) => keyOf(call) === '$ a'))).toEqual([2, 1]);
  const loop = await openCalls(['a', 'b', 'a', 'b', 'a', 'b'].map(shell));
  expect(sizes(loop.filter((call) => keyOf(call) === '$ a'))).toEqual([1, 1, 1]);
});

test('a loop whose rounds look different is looked at once', async () => {
  let looks = 0;
  const made = await openCalls(Array.from({ length: 2_000 }, (_, at) => shell(`${at % 2}`)));
  const calls = made.map((call) => ({
    ...call,
    get loop() {
      looks++;
      return call.loop;
    },
  }));
  const last = calls.at(-1);
  const lines = sizes(calls, (call) => (call === last ? 'another answer' : keyOf(call)));
  expect(lines).toHaveLength(calls.length);
  expect(looks).toBeLessThan(10 * calls.length);
});
