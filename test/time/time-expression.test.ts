import { describe, expect, test } from 'vitest';
import { parseTime } from '../../src/time/time-expression.ts';
import { findZone } from '../../src/time/zone.ts';

const us = (iso: string) => Date.parse(iso) * 1000;

describe('parseTime', () => {
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
