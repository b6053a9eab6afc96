import { expect, test } from 'vitest';
import {
  type ModelStep,
  type StepOrder,
  sortSteps,
} from '../../../src/history/totals/model-steps.ts';

const tokens = { prompt: 0, completion: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

const step = (index: number, amounts: Partial<ModelStep['usage']>, waited?: number): ModelStep => ({
  responseId: `r${index}`,
  index,
  calls: 0,
  events: [],
  waited,
  usage: {
    responseId: `r${index}`,
    tokens: undefined,
    latency: undefined,
    cost: undefined,
    ...amounts,
  },
});

const STEPS = [
  step(1, { cost: 0.1, latency: 3 }, 5),
  step(3, {}, 9),
  step(5, { cost: 0.3, tokens: { ...tokens, prompt: 10, completion: 1 } }),
  step(7, { cost: 0, tokens: { ...tokens, prompt: 9, completion: 5 }, latency: 4 }, 5),
];

test.each<[StepOrder, number[]]>([
  ['index', [1, 3, 5, 7]],
  ['cost', [5, 1, 7, 3]],
  ['tokens', [7, 5, 1, 3]],
  ['latency', [7, 1, 3, 5]],
  ['waited', [3, 1, 7, 5]],
])('by %s: the largest first, equal ones in order, unknown ones last', (order, indexes) => {
  expect(sortSteps(STEPS, order).map(({ index }) => index)).toEqual(indexes);
});
