import { expect, test } from 'vitest';
import { coverageOf } from '../../../src/domain/facts/coverage.ts';
import { listTotalsOf } from '../../../src/history/totals/list-totals.ts';

type Tree = Parameters<typeof listTotalsOf>[0];

const usage = (id: string, cost: number): Tree[number]['usages'][number] =>
  ({
    id,
    cost,
    hasTokens: false,
    tokens: { prompt: 0, completion: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
    steps: [],
    pricedSteps: 0,
    model: undefined,
  }) as never;

/** @param copied what its state records of its subagents */
const conversation = (path: string, depth: number, own: number, copied?: number) =>
  ({
    path,
    depth,
    events: 1,
    errors: 0,
    faults: [],
    usages: [usage('agent', own), ...(copied === undefined ? [] : [usage('task:x', copied)])],
    usageCoverage: {
      tokens: coverageOf('responses', 1, 1),
      cost: coverageOf('responses', 1, 1),
    },
    ending: { outcome: 'finished' },
  }) as unknown as Tree[number];

const top = conversation('/top', 0, 1, 6);
const middle = conversation('/top/middle', 1, 2, 4);
const below = conversation('/top/middle/below', 2, 4);
const other = conversation('/other', 0, 8);
const tree = [top, middle, below, other];

test.each([
  ['all', tree, 15],
  ['without the middle', [top, { ...below, depth: 0 }, other], 15],
  ['without the lowest', [top, middle], 7],
  ['only the outermost', [top], 7],
  ['only the lowest', [{ ...below, depth: 0 }], 4],
  [
    'the lowest two',
    [
      { ...middle, depth: 0 },
      { ...below, depth: 1 },
    ],
    6,
  ],
])('no cost is counted twice: %s', (_, items, cost) => {
  expect(listTotalsOf(items, tree).cost).toBe(cost);
});
