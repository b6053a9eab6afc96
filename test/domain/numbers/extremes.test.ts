import { expect, test } from 'vitest';
import { largest, smallest } from '../../../src/domain/numbers/extremes.ts';

test('the largest and the smallest of many numbers', () => {
  const many = Array.from({ length: 300_000 }, (_, at) => (at * 7) % 300_001);
  expect([largest(many), smallest(many)]).toEqual([300_000, 0]);
});

test('of none, or of less than what is given', () => {
  expect([largest([]), smallest([])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect([largest([], 3), largest([2], 3), largest([4], 3)]).toEqual([3, 3, 4]);
});
