import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callsOf } from '../../src/history/calls.ts';
import { readHistory } from '../../src/history/history.ts';
import { statsOf } from '../../src/history/stats.ts';
import { divideTime, modelShares, timelineOf } from '../../src/history/timeline.ts';
import { clockOf } from '../../src/history/totals/clock.ts';
import { percentages } from '../../src/report/text/amounts.ts';
import { findZone } from '../../src/time/zone.ts';
import { cli } from '../helpers/cli.ts';
import { makeConversation } from '../helpers/conversation.ts';
import { idOf, loaded, memorySource, slotOf } from '../helpers/memory.ts';
import { call, message, prompt, result } from '../helpers/steps.ts';
import { runs } from '../helpers/sweep.ts';

const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);
const text = async (...args: string[]) => (await cli([...args, '-q'])).stdout;

/** The clock is set back by seven hours for one event. */
const setBack = () =>
  makeConversation([
    prompt(0, '2026-09-01T10:00:00'),
    message(1, '2026-09-01T10:00:01'),
    call(2, '2026-09-01T10:00:03'),
    result(3, '2026-09-01T03:00:04'),
    call(4, '2026-09-01T10:00:06'),
    result(5, '2026-09-01T10:00:28'),
  ]);

/** A call across the end of summer time. */
const autumn = () =>
  makeConversation([
    prompt(0, '2026-11-01T01:59:00'),
    message(1, '2026-11-01T01:59:00'),
    call(2, '2026-11-01T01:59:50'),
    result(3, '2026-11-01T01:00:10'),
  ]);

describe('a clock that was set back', () => {
  test('is reported with size and place, and left out of durations and shares', async () => {
    const path = setBack();
    const { time, coverage, tools } = await json('stats', path);
    expect(time).toMatchObject({
      seconds: 25,
      model_seconds: 2,
      tools_seconds: 22,
      other_seconds: 1,
      jumps: [
        { before: 2, after: 3, direction: 'back', seconds: 25199 },
        { before: 3, after: 4, direction: 'forward', seconds: 25202 },
      ],
    });
    expect(coverage.time).toEqual({ unit: 'steps', known: 3, of: 5, complete: false });
    expect(tools[0].coverage).toEqual({ unit: 'calls', known: 1, of: 2, complete: false });
    const shown = await text('stats', path);
    expect(shown).toContain(', at least 25s\n');
    expect(shown).toContain(
      'the clock was set back 7h00m between #2 and #3, set forward 7h00m between #3 and #4',
    );
    expect(shown).toMatch(
      /waiting for the model 2.0s {2}8 %.*\nin tools +22s 88 %.*\nneither +1.0s {2}4 %/,
    );
    expect(
      (await json('calls', path)).items.map((one: { seconds: number }) => one.seconds),
    ).toEqual([null, 22]);
    expect(await text('export', path)).toContain('- took: `at least 25s`');
    expect((await json('diff', path, path)).a.seconds).toBe(25);
    expect((await json('ls', `${path}/..`)).items[0]).toMatchObject({
      seconds: 25,
      clock_jumps: 2,
    });
  });

  test('is a finding', async () => {
    expect(await text('verify', setBack())).toContain('the clock was set back 7h00m after event 2');
  });
});

describe('the hour that comes twice', () => {
  const tz = ['--tz', 'America/New_York'];

  test('is resolved by index order', async () => {
    const path = autumn();
    const [one] = (await json('calls', path, ...tz)).items;
    expect([one.seconds, one.timestamp, one.time]).toEqual([
      20,
      '2026-11-01T01:59:50',
      '2026-11-01T05:59:50.000000+00:00',
    ]);
    const { time } = await json('stats', path, ...tz);
    expect(time).toMatchObject({
      from: '2026-11-01T05:59:00.000000+00:00',
      to: '2026-11-01T06:00:10.000000+00:00',
      seconds: 70,
      jumps: [],
    });
    expect(await text('verify', path, ...tz)).not.toContain('clock-jump');
    expect(await text('verify', path, '--tz', 'UTC')).toContain('set back 59m40s after event 2');
  });
});

test.each([
  ['America/New_York', 'asc', [0, 1, 2, 3]],
  ['America/New_York', 'desc', [3, 2, 1, 0]],
  ['UTC', 'asc', [3, 0, 1, 2]],
])(
  'a search in %s, sorted %s, knows which of two hours is meant',
  async (zone, order, expected) => {
    const args = ['search', autumn(), '--tz', zone, '--sort', order, '--meta'];
    const walked: number[] = [];
    let page: string | null = null;
    do {
      const found = await json(...args, '-n', '1', ...(page === null ? [] : ['--page', page]));
      walked.push(...found.items.map((item: { _meta: { index: number } }) => item._meta.index));
      page = found.next_page_id;
    } while (page !== null);
    expect(walked).toEqual(expected);
  },
);

describe('the order of the log', () => {
  test.each([
    ['index', [0, 1, 2, 3, 4, 5]],
    ['index_desc', [5, 4, 3, 2, 1, 0]],
    ['INDEX', [0, 1, 2, 3, 4, 5]],
    ['asc', [3, 0, 1, 2, 4, 5]],
  ])('--sort %s, alone and in pages', async (order, expected) => {
    const path = setBack();
    const search = async (...args: string[]) =>
      json('search', path, '--sort', order, '--meta', ...args);
    const indices = ({ items }: { items: { _meta: { index: number } }[] }) =>
      items.map(({ _meta }) => _meta.index);
    expect(indices(await search())).toEqual(expected);
    const walked: number[] = [];
    let page: string | null = null;
    do {
      const found = await search('-n', '2', ...(page === null ? [] : ['--page', page]));
      walked.push(...indices(found));
      page = found.next_page_id;
    } while (page !== null);
    expect(walked).toEqual(expected);
  });

  test('a limit stops the reading, and context is in the order of the log', async () => {
    const path = makeConversation(300);
    const { scanned } = await json('search', path, '--sort', 'index', '-n', '1', '--no-cache');
    expect(scanned).toBeLessThan(20);
    const { stdout } = await cli([
      ...['search', setBack(), '--sort', 'index', '-k', 'observation', '-B', '1', '-o', 'paths'],
    ]);
    const names = stdout.split('\n').filter((line) => line.includes('event-'));
    expect(names.map((name) => Number(/event-0*(\d+)-/.exec(name)?.[1] ?? 0))).toEqual([
      2, 3, 4, 5,
    ]);
  });

  test('a page can begin at any event', async () => {
    const path = setBack();
    const { items } = await json('search', path, '--sort', 'index', '--page', idOf(4));
    expect(items.map(({ id }: { id: string }) => id)).toEqual([idOf(4), idOf(5)]);
  });
});

describe('any change of the clock', () => {
  const zone = findZone('UTC')!;
  /** Calls with answers; after each event the clock can change by up to a day. */
  const steps = fc.array(
    fc.record({
      took: fc.integer({ min: 0, max: 3_600_000 }),
      change: fc.oneof(fc.constant(0), fc.integer({ min: -86_400_000, max: 86_400_000 })),
    }),
    { minLength: 1, maxLength: 30 },
  );

  test('leaves no duration below zero, and shares that make the whole', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (log) => {
        let time = Date.UTC(2026, 8, 1);
        const events = log.map(({ took, change }, index) => {
          time += took + change;
          const stamp = new Date(time).toISOString().slice(0, -1);
          return index % 2 === 0 ? call(index, stamp) : result(index, stamp);
        });
        const source = memorySource(events.map((event, index) => loaded(slotOf(index), event)));
        const history = await readHistory(source, { kind: 'absent' });
        const calls = callsOf(history, zone);
        const stats = statsOf(history, calls, {}, zone);
        const { model, tools, other, total = 0 } = stats.time;
        for (const { duration } of calls) expect(duration ?? 0).toBeGreaterThanOrEqual(0);
        for (const { waited } of stats.steps) expect(waited ?? 0).toBeGreaterThanOrEqual(0);
        for (const part of [model, tools, other]) expect(part).toBeGreaterThanOrEqual(0);
        expect(model + tools + other).toBeCloseTo(total, 3);
        const sum = percentages([model, tools, other]).reduce((all, share) => all + share, 0);
        expect(sum).toBe(total > 0 ? 100 : 0);
        const scale = divideTime(stats.time, 10)!;
        const clock = clockOf(history, zone);
        const parts = timelineOf(history.records, calls, scale, clock);
        expect(parts.reduce((all, { events: count }) => all + count, 0)).toBe(events.length);
        const shares = [
          ...parts.map((part) => part.tools),
          ...modelShares(history.records, stats.steps, scale, clock),
        ];
        for (const share of shares) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
      runs(2000, 150),
    );
  });
});
