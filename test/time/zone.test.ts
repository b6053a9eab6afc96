import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../src/time/timestamp.ts';
import { findZone, localZone, toInstant } from '../../src/time/zone.ts';

const us = (iso: string) => Date.parse(iso) * 1000;

describe('zones', () => {
  const at = (text: string, zone: string) => toInstant(parseTimestamp(text)!, findZone(zone)!);

  test('a naive stamp is read in the zone, one with an offset by its offset', () => {
    expect(at('2026-07-01T12:00:00', 'Europe/Berlin')).toBe(us('2026-07-01T10:00:00Z'));
    expect(at('2026-07-01T12:00:00', '+02:00')).toBe(us('2026-07-01T10:00:00Z'));
    expect(at('2026-07-01T12:00:00Z', 'Europe/Berlin')).toBe(us('2026-07-01T12:00:00Z'));
    expect(at('2026-07-01T12:00:00', 'Asia/Kathmandu')).toBe(us('2026-07-01T06:15:00Z'));
  });

  test('a repeated hour is the first one, and a skipped hour is read with the offset before it', () => {
    // As Python's naive times, whose fold is 0.
    expect(at('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(us('2026-10-25T00:30:00Z'));
    expect(at('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(us('2026-03-29T01:30:00Z'));
    expect(at('2026-10-25T03:00:00', 'Europe/Berlin')).toBe(us('2026-10-25T02:00:00Z'));
  });

  test('local times and instants convert into each other', () => {
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

  test('unknown zones are undefined', () => {
    expect(findZone('Mars/Olympus')).toBeUndefined();
    expect(findZone('')).toBeUndefined();
    expect(findZone('+25:00')).toBeUndefined();
  });

  test('the local zone is that of Date', () => {
    const zone = localZone();
    for (const text of ['2026-01-15T12:00:00', '2026-07-15T12:00:00']) {
      expect(toInstant(parseTimestamp(text)!, zone)).toBe(new Date(text).getTime() * 1000);
    }
  });
});
