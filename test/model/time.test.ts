import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTime } from '../../src/time/parse-time.ts';
import { parseTimestamp } from '../../src/time/timestamp.ts';
import { findZone, localZone, toInstant } from '../../src/time/zone.ts';

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

describe('zones', () => {
  const at = (text: string, zone: string) => toInstant(parseTimestamp(text)!, findZone(zone)!);

  test('a naive stamp is read in the zone, one with an offset by its offset', () => {
    expect(at('2026-07-01T12:00:00', 'Europe/Berlin')).toBe(us('2026-07-01T10:00:00Z'));
    expect(at('2026-07-01T12:00:00', '+02:00')).toBe(us('2026-07-01T10:00:00Z'));
    expect(at('2026-07-01T12:00:00Z', 'Europe/Berlin')).toBe(us('2026-07-01T12:00:00Z'));
    expect(at('2026-07-01T12:00:00', 'Asia/Kathmandu')).toBe(us('2026-07-01T06:15:00Z'));
  });

  test('an hour that comes twice is its first, one that is left out is read as before it', () => {
    // As Python's naive times, whose fold is 0.
    expect(at('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(us('2026-10-25T00:30:00Z'));
    expect(at('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(us('2026-03-29T01:30:00Z'));
    expect(at('2026-10-25T03:00:00', 'Europe/Berlin')).toBe(us('2026-10-25T02:00:00Z'));
  });

  test('clock readings and points in time belong to each other', () => {
    const zones = ['America/New_York', 'Australia/Lord_Howe', 'Europe/London', 'UTC', '-03:30'];
    const time = fc.integer({ min: us('2000-01-01T00:00:00Z'), max: us('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(time, fc.constantFrom(...zones), (point, name) => {
        const zone = findZone(name)!;
        const local = point + zone.offsetAt(point);
        const back = zone.instantOf(local);
        // In an hour that comes twice it may be the first of the two.
        expect(back + zone.offsetAt(back)).toBe(local);
        expect(point - back).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('there is no such zone', () => {
    expect(findZone('Mars/Olympus')).toBeUndefined();
    expect(findZone('')).toBeUndefined();
    expect(findZone('+25:00')).toBeUndefined();
  });

  test("this machine's zone is what Date has", () => {
    const zone = localZone();
    for (const text of ['2026-01-15T12:00:00', '2026-07-15T12:00:00']) {
      expect(toInstant(parseTimestamp(text)!, zone)).toBe(new Date(text).getTime() * 1000);
    }
  });
});

describe('parseWhen', () => {
  const zone = findZone('Europe/Berlin')!;
  const now = us('2026-07-02T10:00:00Z');
  test.each([
    ['90s', now - 90e6],
    ['15m', now - 900e6],
    ['2h', now - 7200e6],
    ['3d', now - 3 * 86_400e6],
    ['today', us('2026-07-01T22:00:00Z')],
    ['yesterday', us('2026-06-30T22:00:00Z')],
    ['2026-07-01', us('2026-06-30T22:00:00Z')],
    ['2026-07-01T12:00', us('2026-07-01T10:00:00Z')],
    ['2026-07-01T12:00Z', us('2026-07-01T12:00:00Z')],
    ['tomorrow', undefined],
    ['5w', undefined],
  ])('%s', (text, expected) => {
    expect(parseTime(text, now, zone)).toBe(expected);
  });
});
