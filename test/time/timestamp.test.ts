import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../src/time/timestamp.ts';

const us = (iso: string) => Date.parse(iso) * 1000;

describe('parseTimestamp', () => {
  test.each([
    ['2026-02-22T10:00:00.123456', us('2026-02-22T10:00:00Z') + 123_456, true],
    ['2026-02-22T10:00:00', us('2026-02-22T10:00:00Z'), true],
    ['2026-02-22 10:00', us('2026-02-22T10:00:00Z'), true],
    ['2026-02-22T10:00:00.1', us('2026-02-22T10:00:00Z') + 100_000, true],
    ['2026-02-22T10:00:00.1234567', us('2026-02-22T10:00:00Z') + 123_456, true],
    ['2026-02-22T10:00:00Z', us('2026-02-22T10:00:00Z'), false],
    ['2026-02-22T10:00:00.000001+05:30', us('2026-02-22T04:30:00Z') + 1, false],
    ['2026-02-22T10:00:00-0800', us('2026-02-22T18:00:00Z'), false],
    ['2026-02-22', us('2026-02-22T00:00:00Z'), true],
  ])('%s', (text, expected, naive) => {
    expect(parseTimestamp(text)).toEqual({ us: expected, naive });
  });

  test.each([
    '',
    'soon',
    '2026-02-30T10:00:00',
    '2026-13-01',
    '2026-02-22T24:00:00',
    '2026-02-22T10:60:00',
    '2026-02-22T10:00:00+99:00',
    '20260222T100000',
    '2026-02-22T10:00:00Zjunk',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
