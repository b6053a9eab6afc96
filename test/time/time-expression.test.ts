import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTime } from '../../src/time/time-expression.ts';
import { findZone } from '../../src/time/zone.ts';
import { runs } from '../helpers/sweep.ts';

const us = (iso: string) => Date.parse(iso) * 1000;
const berlin = findZone('Europe/Berlin')!;
/** A Thursday; 12:00 in Berlin. The microseconds are part of every distance. */
const now = us('2026-07-02T10:00:00Z') + 123_456;

describe('times as people write them', () => {
  test.each([
    ['now', now],
    ['NOW ', now],
    // A distance without a sign is one into the past.
    ['90s', now - 90e6],
    ['15m', now - 900e6],
    ['1m', now - 60e6],
    ['2h', now - 7200e6],
    ['3d', now - 3 * 86_400e6],
    ['1w', now - 7 * 86_400e6],
    ['5w', now - 35 * 86_400e6],
    ['500ms', now - 500e3],
    ['7us', now - 7],
    ['1.5h', now - 5400e6],
    ['0.000001s', now - 1],
    ['2h30m', now - 9000e6],
    ['30m2h', now - 9000e6],
    ['1d 2h 3min 4s', now - (86_400 + 7200 + 180 + 4) * 1e6],
    ['-10m', now - 600e6],
    ['-2h30m', now - 9000e6],
    ['- 10 min', now - 600e6],
    ['+10m', now + 600e6],
    ['10 minutes ago', now - 600e6],
    ['10  Minutes  Ago', now - 600e6],
    ['1 hour ago', now - 3600e6],
    ['an hour ago', now - 3600e6],
    ['a week ago', now - 7 * 86_400e6],
    ['2 hours and 30 minutes ago', now - 9000e6],
    ['2 hours, 30 minutes ago', now - 9000e6],
    // Months are those of the calendar, at the same time of day there.
    ['1mo', us('2026-06-02T10:00:00Z') + 123_456],
    ['1 month', us('2026-06-02T10:00:00Z') + 123_456],
    ['6 months ago', us('2026-01-02T11:00:00Z') + 123_456],
    ['1y', us('2025-07-02T10:00:00Z') + 123_456],
    ['2 years and 1 month ago', us('2024-06-02T10:00:00Z') + 123_456],
    ['+8 months', us('2027-03-02T11:00:00Z') + 123_456],
    ['1mo1d', us('2026-06-01T10:00:00Z') + 123_456],
    // Days and times of day, as the clocks in Berlin show them.
    ['today', us('2026-07-01T22:00:00Z')],
    ['yesterday', us('2026-06-30T22:00:00Z')],
    ['Yesterday', us('2026-06-30T22:00:00Z')],
    ['tomorrow', us('2026-07-02T22:00:00Z')],
    ['yesterday 14:00', us('2026-07-01T12:00:00Z')],
    ['yesterday 9:30', us('2026-07-01T07:30:00Z')],
    ['today 01:50:30.25', us('2026-07-01T23:50:30.250Z')],
    ['01:50', us('2026-07-01T23:50:00Z')],
    ['01:50:30', us('2026-07-01T23:50:30Z')],
    ['01:50:30.000001', us('2026-07-01T23:50:30Z') + 1],
    ['noon', us('2026-07-02T10:00:00Z')],
    ['Noon', us('2026-07-02T10:00:00Z')],
    ['midnight', us('2026-07-01T22:00:00Z')],
    ['yesterday noon', us('2026-07-01T10:00:00Z')],
    ['tomorrow noon', us('2026-07-03T10:00:00Z')],
    ['23:00', us('2026-07-02T21:00:00Z')],
    // ISO 8601, and parts of it.
    ['2025-09', us('2025-08-31T22:00:00Z')],
    ['2026-07-01', us('2026-06-30T22:00:00Z')],
    ['2026-07-01T12:00', us('2026-07-01T10:00:00Z')],
    ['2026-07-01T12:00Z', us('2026-07-01T12:00:00Z')],
    ['2025/09/17', us('2025-09-16T22:00:00Z')],
    ['2025/09/17 10:00:00', us('2025-09-17T08:00:00Z')],
    // A month that has a name can't be taken for a day.
    ['25 Sep 2025', us('2025-09-24T22:00:00Z')],
    ['Sep 25 2025', us('2025-09-24T22:00:00Z')],
    ['Sep 25, 2025', us('2025-09-24T22:00:00Z')],
    ['SEPT 5 2025', us('2025-09-04T22:00:00Z')],
    ['1 may 2025', us('2025-04-30T22:00:00Z')],
    ['25  September 2025 9:30', us('2025-09-25T07:30:00Z')],
    ['February 29 2024 10:00 UTC', us('2024-02-29T10:00:00Z')],
    ['25 Sep 2025 10:00:00.5 -05:00', us('2025-09-25T15:00:00.5Z')],
    ['25 Sep 2025 noon', us('2025-09-25T10:00:00Z')],
    ['2025-09-17 noon UTC', us('2025-09-17T12:00:00Z')],
    ['2025-09-17 10:00', us('2025-09-17T08:00:00Z')],
    ['2025-09-17 9:30', us('2025-09-17T07:30:00Z')],
    ['2025-09-17 10:00:00 +0200', us('2025-09-17T08:00:00Z')],
    ['2025-09-17 10:00 UTC', us('2025-09-17T10:00:00Z')],
    ['2025-09-17T10:00:00.123456-05:00', us('2025-09-17T15:00:00Z') + 123_456],
    ['@1700000000', 1_700_000_000e6],
    ['@1700000000.5', 1_700_000_000.5e6],
    ['@-1', -1e6],
  ])('%s', (text, expected) => {
    expect(parseTime(text, now, berlin)).toBe(expected);
  });

  test.each([
    ['2026-03-31T10:00:00Z', '1mo', '2026-02-28T11:00:00Z'],
    ['2024-03-31T10:00:00Z', '1mo', '2024-02-29T11:00:00Z'],
    ['2024-02-29T11:00:00Z', '1y', '2023-02-28T11:00:00Z'],
    ['2026-01-15T11:00:00Z', '1mo', '2025-12-15T11:00:00Z'],
    // A day is 24 hours, also when the clocks change; a day of the calendar is not.
    ['2026-03-29T12:00:00Z', '1d', '2026-03-28T12:00:00Z'],
    ['2026-03-29T12:00:00Z', 'yesterday 14:00', '2026-03-28T13:00:00Z'],
    // The hour that is skipped and the hour that comes twice, as for times in events.
    ['2026-03-29T12:00:00Z', '02:30', '2026-03-29T01:30:00Z'],
    ['2026-10-25T12:00:00Z', '02:30', '2026-10-25T00:30:00Z'],
    ['2026-11-25T01:30:00Z', '1mo', '2026-10-25T00:30:00Z'],
  ])('at %s, %s', (at, text, expected) => {
    expect(parseTime(text, us(at), berlin)).toBe(us(expected));
  });
});

test.each([
  '',
  ' ',
  'soon',
  'at noon',
  'noon yesterday',
  '12 noon',
  'yesterday midnight',
  '2025-09-17 midnight',
  'Sep 25',
  'Sep 2025',
  '25 Sep',
  'Sep 25 25',
  '31 Feb 2025',
  '00 Sep 2025',
  '25 Sepp 2025',
  'Thu 25 Sep 2025',
  '10',
  '10 ago',
  '2025',
  '1M',
  '1 M ago',
  '1,5h',
  '1.5mo',
  '1h -30m',
  '2h 2h',
  '2h 1 hour',
  '-10m ago',
  '2 bananas 3h',
  '3h x',
  'x 3h',
  '3h,',
  '3h and',
  'ago',
  'a',
  '-',
  '400y',
  '03/04/2025',
  '3.4.2025',
  '03-04-2025',
  '2025/9/17',
  '2025.09.17',
  '2025/13/17',
  '2025/09-17',
  '2026-02-30',
  '2026-13',
  '2026-07-01T25:00',
  '24:00',
  '10:60',
  '10:00Z',
  'yesterday 10:00Z',
  '2pm',
  '10:00 pm',
  'yesterday at 10:00',
  'last monday',
  'monday',
  'last week',
  '@',
  '@x',
  '2026-07-01 x',
])('%j has no reading, or several', (text) => {
  expect(parseTime(text, now, berlin)).toBeUndefined();
});

test('a text is read as a whole or not at all', () => {
  const words = [
    '10',
    'm',
    'mo',
    'h',
    '-',
    '+',
    'ago',
    'yesterday',
    '01:50',
    '2025-09-17',
    ',',
    '/',
  ];
  const text = fc.array(fc.constantFrom(...words, ' '), { maxLength: 6 });
  fc.assert(
    fc.property(text, (parts) => {
      const joined = parts.join('');
      const time = parseTime(joined, now, berlin);
      if (time === undefined) return;
      expect(Number.isSafeInteger(time)).toBe(true);
      // What follows a time makes it another time, or none.
      expect(parseTime(`${joined} bananas`, now, berlin)).toBeUndefined();
      expect(parseTime(`bananas ${joined}`, now, berlin)).toBeUndefined();
    }),
    runs(5000, 300),
  );
});
