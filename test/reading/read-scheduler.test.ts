import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ReadMode, ReadScheduler, type ReadTask } from '../../src/reading/read-scheduler.ts';
import { runs } from '../helpers/sweep.ts';

/** Work that takes a while, and counts how much of it was begun and under way at once. */
function makeWork() {
  const seen = { begun: 0, running: 0, most: 0 };
  const begin = () => {
    seen.begun++;
    seen.running++;
    seen.most = Math.max(seen.most, seen.running);
  };
  const work: ReadTask<number, string> = {
    known: (item) => (item % 7 === 3 ? `known ${item}` : undefined),
    now(item) {
      begin();
      seen.running--;
      return `read ${item}`;
    },
    async later(item) {
      begin();
      await sleep((item * 13) % 3);
      seen.running--;
      return `read ${item}`;
    },
  };
  return { seen, work };
}

const answer = (item: number) => (item % 7 === 3 ? `known ${item}` : `read ${item}`);
const paces = fc.constantFrom<ReadMode>('plain', 'in-flight', 'measure');
const jobs = fc.integer({ min: 1, max: 12 });

test('answers in order, with never more reads under way or ahead than the bound', async () => {
  await fc.assert(
    fc.asyncProperty(paces, jobs, fc.nat(60), fc.nat(60), async (pace, bound, length, wanted) => {
      const { seen, work } = makeWork();
      const items = Array.from({ length }, (_, item) => item);
      const got: string[] = [];
      const scheduler = new ReadScheduler(bound, pace);
      if (wanted > 0) await scheduler.each(items, work, (one) => got.push(one) >= wanted);
      expect(got).toEqual(items.slice(0, wanted).map(answer));
      expect(seen.most).toBeLessThanOrEqual(bound);
      expect(seen.begun).toBeLessThanOrEqual(wanted === 0 ? 0 : wanted + bound);
    }),
    runs(60, 30),
  );
});

test('two passes at once share one bound', async () => {
  const { seen, work } = makeWork();
  const scheduler = new ReadScheduler(3, 'in-flight');
  const items = Array.from({ length: 40 }, (_, item) => item);
  const pass = async () => {
    const got: string[] = [];
    await scheduler.each(items, work, (one) => {
      got.push(one);
      return undefined;
    });
    return got;
  };
  const [one, two] = await Promise.all([pass(), pass()]);
  expect(one).toEqual(items.map(answer));
  expect(two).toEqual(one);
  expect(seen.most).toBe(3);
});

/** A clock that only the reads move, so that nothing depends on how busy the machine is. In ms. */
function fakeClock(): { ms: number } {
  const clock = { ms: 1000 };
  const hrtime = () => [Math.floor(clock.ms / 1000), (clock.ms % 1000) * 1e6] as [number, number];
  vi.spyOn(process, 'hrtime').mockImplementation(hrtime);
  onTestFinished(() => void vi.restoreAllMocks());
  return clock;
}

/** Storage on which a read takes so long, one after another or in flight. In ms. */
function storage(
  scheduler: ReadScheduler,
  clock: { ms: number },
  plainMs: number,
  inFlightMs = plainMs,
): ReadTask<number, number> {
  return {
    known: () => undefined,
    now: (item) =>
      scheduler.timed(() => {
        clock.ms += plainMs;
        return item;
      }),
    async later(item) {
      const end = clock.ms + inFlightMs;
      await nextTurn();
      clock.ms = Math.max(clock.ms, end);
      return item;
    },
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test('reads in flight where reads are slow, and not where they are quick', async () => {
  for (const [ms, isInFlight] of [
    [0, false],
    [2, true],
  ] as const) {
    const scheduler = new ReadScheduler(8);
    await scheduler.each(numbers(60), storage(scheduler, fakeClock(), ms), () => undefined);
    expect(scheduler.isInFlight).toBe(isInFlight);
  }
});

test('goes back to one after another where reads in flight take longer', async () => {
  const scheduler = new ReadScheduler(2);
  const work = storage(scheduler, fakeClock(), 0.1, 1);
  await scheduler.each(numbers(20), work, () => undefined);
  expect(scheduler.isInFlight).toBe(true);
  await scheduler.each(numbers(300), work, () => undefined);
  expect(scheduler.isInFlight).toBe(false);
});

test('a read that throws rejects once, and the others under way do not end the process', async () => {
  const unhandled: unknown[] = [];
  const hear = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', hear);
  const work: ReadTask<number, string> = {
    known: () => undefined,
    now: () => 'now',
    async later() {
      await sleep(1);
      throw new Error('gone');
    },
  };
  const pass = async () => {
    await new ReadScheduler(4, 'in-flight').each([1, 2, 3, 4, 5], work, (one) => one !== '');
  };
  await expect(pass()).rejects.toThrow('gone');
  await sleep(30);
  process.off('unhandledRejection', hear);
  expect(unhandled).toEqual([]);
});
