import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockReading, LogClock } from '../../../src/domain/clock/log-clock.ts';
import { parseTimestamp } from '../../../src/time/timestamp.ts';
import { findZone } from '../../../src/time/zone.ts';
import { runs } from '../../helpers/sweep.ts';

const UTC = findZone('UTC')!;
const NEW_YORK = findZone('America/New_York')!;
const SECOND = 1e6;
const HOUR = 3600 * SECOND;

const MAIN = 'MessageEvent';
const UPDATE = 'ConversationStateUpdateEvent';

/** A reading of a kind at a time of the 1st of September. */
const at = (time: string, kind = MAIN): ClockReading => ({
  kind,
  stamp: parseTimestamp(`2026-09-01T${time}`),
});

function clockOf(...readings: ClockReading[]) {
  const clock = new LogClock(readings, UTC);
  return {
    total: clock.total === undefined ? undefined : clock.total / SECOND,
    jumps: clock.jumps.map(({ before, after, size }) => [before, after, size / SECOND]),
  };
}

describe('steps of the clock', () => {
  test.each<[string, ClockReading[], number, number[][]]>([
    ['a clock that is never changed', [at('10:00:00'), at('10:00:05'), at('18:00:00')], 28800, []],
    ['set back', [at('10:00:00'), at('09:00:00'), at('09:00:10')], 10, [[0, 1, -3600]]],
    [
      'set back, and forward again',
      [at('10:00:00'), at('10:00:03'), at('03:00:04'), at('10:00:06'), at('10:00:28')],
      25,
      [
        [1, 2, -25199],
        [2, 3, 25202],
      ],
    ],
    [
      'set forward, and back again',
      [at('10:00:00'), at('10:00:03'), at('17:00:05'), at('17:00:08'), at('10:00:10')],
      6,
      [
        [1, 2, 25202],
        [3, 4, -25198],
      ],
    ],
    [
      'a night of waiting after a clock that was set back is no jump',
      [at('10:00:00'), at('09:30:00'), at('21:00:00')],
      41400,
      [[0, 1, -1800]],
    ],
    [
      'work that goes on past the time at which the clock was set back is no jump',
      [at('10:00:00'), at('09:59:00'), at('09:59:30'), at('10:00:10')],
      70,
      [[0, 1, -60]],
    ],
    ['a correction of two seconds is no jump', [at('10:00:10'), at('10:00:08')], 2, []],
    ['an early state update is no jump', [at('10:00:30'), at('10:00:01', UPDATE)], 29, []],
    [
      'a state update that is an hour early is one',
      [at('10:00:00'), at('09:00:00', UPDATE)],
      0,
      [[0, 1, -3600]],
    ],
    [
      'results of calls made together can come in any order',
      [
        at('10:00:00', 'ActionEvent'),
        at('10:00:00', 'ActionEvent'),
        at('10:05:00', 'ObservationEvent'),
        at('10:00:30', 'ObservationEvent'),
      ],
      300,
      [],
    ],
    [
      'a result that is earlier than its call is a jump',
      [at('10:05:00', 'ActionEvent'), at('10:00:00', 'ObservationEvent')],
      0,
      [[0, 1, -300]],
    ],
    [
      'events without a timestamp are passed over',
      [at('10:00:00'), { kind: MAIN, stamp: undefined }, at('09:00:00')],
      0,
      [[0, 2, -3600]],
    ],
  ])('%s', (_, readings, total, jumps) => {
    expect(clockOf(...readings)).toEqual({ total, jumps });
  });

  test('no events, and events without timestamps, have no time', () => {
    expect(new LogClock([], UTC).total).toBeUndefined();
    expect(new LogClock([{ kind: MAIN, stamp: undefined }], UTC).from).toBeUndefined();
  });
});

describe('hours that come twice, or never', () => {
  const clock = (...times: string[]) =>
    new LogClock(
      times.map((time) => ({ kind: MAIN, stamp: parseTimestamp(time) })),
      NEW_YORK,
    );

  test.each<[string, string[], number]>([
    ['the second 01:00', ['2026-11-01T01:59:50', '2026-11-01T01:00:10'], 20],
    ['the first, then the second', ['2026-11-01T01:10:00', '2026-11-01T01:05:00'], 55 * 60],
    [
      'out of the second one',
      ['2026-11-01T01:59:50', '2026-11-01T01:00:10', '2026-11-01T02:00:00'],
      3610,
    ],
    ['with an offset', ['2026-11-01T01:59:50-04:00', '2026-11-01T01:00:10-05:00'], 20],
    ['a small correction within the first', ['2026-11-01T01:30:00', '2026-11-01T01:29:59'], 1],
    ['the hour that is skipped', ['2026-03-08T01:59:50', '2026-03-08T03:00:10'], 20],
    ['a time that does not exist', ['2026-03-08T01:59:50', '2026-03-08T02:00:10'], 20],
  ])('%s', (_, times, seconds) => {
    const { total, jumps } = clock(...times);
    expect([total, jumps]).toEqual([seconds * SECOND, []]);
  });
});

/** A log whose clock was changed at random, and the true time of each event. In µs. */
const changedLog = fc
  .array(
    fc.record({
      took: fc.integer({ min: 0, max: 30 * SECOND }),
      // Mostly no change; otherwise between a minute and a day, in either direction.
      change: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -24 * HOUR, max: -60 * SECOND }) },
        { weight: 1, arbitrary: fc.integer({ min: 60 * SECOND, max: 24 * HOUR }) },
      ),
      kind: fc.constantFrom(MAIN, 'ActionEvent', 'ObservationEvent', UPDATE, 'PauseEvent'),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    let [time, offset] = [1_788_000_000 * SECOND, 0];
    return steps.map(({ took, change, kind }) => {
      time += took;
      offset += change;
      return { kind, time, offset, stamp: { us: time + offset, naive: false } };
    });
  });

test('no duration is below zero, and the parts never make more than the whole', () => {
  fc.assert(
    fc.property(changedLog, (log) => {
      const clock = new LogClock(log, UTC);
      for (let to = 1; to < log.length; to++) {
        const duration = clock.between(to - 1, to);
        if (duration !== undefined) expect(duration).toBeGreaterThanOrEqual(0);
        const elapsed = clock.elapsedAt(to)!;
        expect(elapsed).toBeGreaterThanOrEqual(0);
        expect(elapsed).toBeLessThanOrEqual(clock.total!);
      }
      expect(clock.total).toBeGreaterThanOrEqual(0);
    }),
    runs(5000, 300),
  );
});

test('while the clock is wrong only for a time, every duration that is given is the true one', () => {
  const excursion = fc.record({
    before: fc.array(fc.integer({ min: 0, max: 30 * SECOND }), { minLength: 1, maxLength: 8 }),
    during: fc.array(fc.integer({ min: 0, max: 30 * SECOND }), { minLength: 1, maxLength: 8 }),
    after: fc.array(fc.integer({ min: 0, max: 30 * SECOND }), { minLength: 1, maxLength: 8 }),
    change: fc.integer({ min: HOUR, max: 24 * HOUR }).chain((size) => fc.constantFrom(size, -size)),
  });
  fc.assert(
    fc.property(fc.array(excursion, { minLength: 1, maxLength: 3 }), (excursions) => {
      const log: { time: number; stamp: { us: number; naive: boolean }; kind: string }[] = [];
      let time = 1_788_000_000 * SECOND;
      const add = (steps: readonly number[], offset: number) => {
        for (const step of steps) {
          time += step;
          log.push({ time, kind: MAIN, stamp: { us: time + offset, naive: false } });
        }
      };
      for (const { before, during, after, change } of excursions) {
        add(before, 0);
        add(during, change);
        add(after, 0);
      }
      const clock = new LogClock(log, UTC);
      expect(clock.jumps).toHaveLength(2 * excursions.length);
      for (let from = 0; from < log.length; from++) {
        for (let to = from + 1; to < log.length; to++) {
          const duration = clock.between(from, to);
          if (duration !== undefined) expect(duration).toBe(log[to]!.time - log[from]!.time);
        }
      }
    }),
    runs(3000, 200),
  );
});
