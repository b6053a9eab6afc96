import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoadedEvent, ReadOutcome } from '../../src/domain/event.ts';
import { isFault } from '../../src/domain/event.ts';
import { makeFilter } from '../../src/query/filter.ts';
import { search } from '../../src/query/search.ts';
import type { SearchRequest, SearchResult } from '../../src/query/search-request.ts';
import { findZone } from '../../src/time/zone.ts';
import { loaded, memorySource, slotOf, stampAt } from '../helpers/memory.ts';
import { runs } from '../helpers/sweep.ts';

const UTC = findZone('UTC')!;
const KINDS = ['MessageEvent', 'ActionEvent', 'ObservationEvent'];

/** Events with these times (µs) in index order; null is a file that cannot be read. */
function logOf(times: readonly (number | null)[]): ReadOutcome[] {
  return times.map((time, index) => {
    const slot = slotOf(index);
    if (time === null)
      return { kind: 'fault', slot, code: 'empty-file', message: 'empty', bytes: 0 };
    return loaded(slot, { kind: KINDS[index % 3], timestamp: stampAt(time), id: slot.id });
  });
}

type Request = Partial<SearchRequest> & { kinds?: string[] };

function ask(source: ReturnType<typeof memorySource>, { kinds = [], ...request }: Request = {}) {
  return search(source, {
    filter: makeFilter({ kinds }, UTC),
    zone: UTC,
    descending: false,
    before: 0,
    after: 0,
    ...request,
  });
}

const placesOf = ({ lines }: SearchResult) => lines.map(({ position }) => position);

async function indices(outcomes: ReadOutcome[], request: Request = {}): Promise<number[]> {
  return placesOf(await ask(memorySource(outcomes), request));
}

/** What a search must yield, the plain way: sort all by time and index, then filter. */
function expected(outcomes: ReadOutcome[], kinds: string[], descending: boolean): number[] {
  const events = outcomes.filter((outcome) => !isFault(outcome)) as LoadedEvent[];
  const sorted = events
    .map(({ slot, value }) => ({
      index: slot.index,
      time: String(value.timestamp),
      kind: value.kind,
    }))
    .sort((a, b) => {
      const [x, y] = [a.time, b.time].map((time) =>
        time.padEnd(26, time.includes('.') ? '0' : '.'),
      );
      return (
        Date.parse(a.time.slice(0, 19)) - Date.parse(b.time.slice(0, 19)) ||
        (x! < y! ? -1 : x! > y! ? 1 : a.index - b.index)
      );
    })
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(String(kind)))
    .map(({ index }) => index);
  return descending ? sorted.reverse() : sorted;
}

async function walk(
  outcomes: ReadOutcome[],
  request: Request & { limit: number },
): Promise<number[]> {
  const walked: number[] = [];
  let page: string | undefined;
  for (let pages = 0; pages <= outcomes.length + 1; pages++) {
    const result = await ask(
      memorySource(outcomes),
      page === undefined ? request : { ...request, page },
    );
    walked.push(...placesOf(result));
    if (result.nextPage === null) return walked;
    page = result.nextPage;
  }
  throw new Error('the walk does not end');
}

const time = fc.integer({ min: 0, max: 5_000_000 });
const anyLog = fc.array(fc.option(time, { freq: 8 }), { maxLength: 100 });
/** Long logs whose times run backwards between near neighbours, as in real ones. */
const nearlyOrdered = fc
  .array(fc.record({ late: fc.integer({ min: 0, max: 30 }), bad: fc.boolean() }), {
    minLength: 129,
    maxLength: 400,
  })
  .map((positions) =>
    positions.map(({ late, bad }, at) => (bad && late === 3 ? null : (at + late) * 1000)),
  );
const kinds = fc.subarray(KINDS);

describe('search', () => {
  test('sorts by time and index, or in exactly the reverse order', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, kinds, fc.boolean(), async (times, wanted, descending) => {
        const outcomes = logOf(times);
        expect(await indices(outcomes, { kinds: wanted, descending })).toEqual(
          expected(outcomes, wanted, descending),
        );
      }),
    );
  });

  test('pages of any size add up to the result of one search', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyLog, nearlyOrdered),
        kinds,
        fc.boolean(),
        fc.integer({ min: 1, max: 60 }),
        async (times, wanted, descending, limit) => {
          const outcomes = logOf(times);
          expect(await walk(outcomes, { kinds: wanted, descending, limit })).toEqual(
            expected(outcomes, wanted, descending),
          );
        },
      ),
      runs(150, 60),
    );
  });

  test('an event stamped far from its place is found where a probe reads it', async () => {
    const times = Array.from({ length: 1000 }, (_, at) => at * 1000 + 1000);
    for (const position of [999, 62, 500, 749]) {
      const outcomes = logOf(times.map((time, at) => (at === position ? 0 : time)));
      expect(await indices(outcomes, { limit: 3 })).toEqual([position, 0, 1]);
    }
  });

  test('a log whose clock was set is sorted completely, also page by page', async () => {
    for (const [from, to, shift] of [
      [0, 400, 3_000_000],
      [140, 181, 3_600_000],
      [140, 240, -3_600_000],
      [100, 101, 500_000],
      [600, 1000, -300_000],
    ] as const) {
      const times = Array.from(
        { length: 1000 },
        (_, at) => 4_000_000 + at * 1000 + (at >= from && at < to ? shift : 0),
      );
      const outcomes = logOf(times);
      const sorted = expected(outcomes, [], false);
      expect(await indices(outcomes, { limit: 3 })).toEqual(sorted.slice(0, 3));
      for (const limit of [20, 50]) expect(await walk(outcomes, { limit })).toEqual(sorted);
    }
  });

  test('whatever the disorder, a walk misses nothing, or reports displaced events', async () => {
    const block = fc.record({
      from: fc.nat(299),
      length: fc.nat(60),
      shift: fc.integer({ min: -200_000, max: 200_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { maxLength: 4 }),
        fc.integer({ min: 20, max: 90 }),
        async (blocks, limit) => {
          const times = Array.from({ length: 300 }, (_, at) => 300_000 + at * 1000);
          for (const { from, length, shift } of blocks) {
            for (let at = from; at < Math.min(300, from + length); at++) times[at]! += shift;
          }
          const outcomes = logOf(times.map((time) => Math.max(0, time)));
          const first = await ask(memorySource(outcomes), { limit });
          const walked = await walk(outcomes, { limit });
          if (walked.join() === expected(outcomes, [], false).join()) return;
          const next = await ask(memorySource(outcomes), { limit, page: first.nextPage! });
          expect(next.displaced.length).toBeGreaterThan(0);
        },
      ),
      runs(60, 30),
    );
  });

  test('events with times far ahead do not narrow the range that is read ahead', async () => {
    const times = Array.from({ length: 300 }, (_, at) => 300_000 + at * 1000);
    for (let at = 0; at < 31; at++) times[at]! += 87_001;
    times[89]! -= 2001;
    const outcomes = logOf(times);
    expect(await walk(outcomes, { limit: 56 })).toEqual(expected(outcomes, [], false));
  });

  test('reports an event stamped before a page and stored long after it', async () => {
    const outcomes = logOf(
      Array.from({ length: 1000 }, (_, at) => (at === 700 ? 5 : at * 1000 + 1000)),
    );
    const first = await ask(memorySource(outcomes), { limit: 600 });
    expect(first.displaced).toEqual([]);
    const next = await ask(memorySource(outcomes), { limit: 300, page: first.nextPage! });
    expect(next.displaced.map(({ index }) => index)).toEqual([700]);
  });

  test('a limit ends the reading', async () => {
    const source = memorySource(logOf(Array.from({ length: 1000 }, (_, at) => at * 1000)));
    const result = await ask(source, { limit: 5 });
    expect(placesOf(result)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(source.reads).size).toBeLessThan(64);
    expect(result.complete).toBe(false);
  });

  test('the reading ends though no later event matches', async () => {
    const outcomes = logOf(Array.from({ length: 1000 }, (_, at) => at * 1000)).map((outcome, at) =>
      at < 5 ? loaded(outcome.slot, { kind: 'Early', timestamp: stampAt(at * 1000) }) : outcome,
    );
    const source = memorySource(outcomes);
    const first = await ask(source, { limit: 5, kinds: ['Early'] });
    expect(first.lines).toHaveLength(5);
    expect(new Set(source.reads).size).toBeLessThan(64);
    const next = await ask(source, { limit: 5, kinds: ['Early'], page: first.nextPage! });
    expect([next.lines, next.nextPage]).toEqual([[], null]);
  });

  test('an unknown page is an error', async () => {
    await expect(ask(memorySource(logOf([1, 2])), { page: 'nope' })).rejects.toThrow(
      'nope: no event has this id here',
    );
  });

  test('files that share an id make no page appear twice', async () => {
    const outcomes = logOf([1, 2, 3, 4]).map((outcome, index) =>
      loaded(slotOf(index, 'aaaaaaaa'), {
        timestamp: stampAt(index),
        kind: 'X',
        id: outcome.slot.id,
      }),
    );
    expect(await walk(outcomes, { limit: 1 })).toEqual([0, 1, 2, 3]);
  });

  test('events without a time come last, and in descending order first', async () => {
    const outcomes = logOf([1, 2, 3]);
    outcomes[0] = loaded(slotOf(0), { kind: 'MessageEvent', timestamp: 'soon' });
    expect(await indices(outcomes)).toEqual([1, 2, 0]);
    expect(await indices(outcomes, { descending: true })).toEqual([0, 2, 1]);
  });

  test('context appears around hits, each event once', async () => {
    const result = await ask(memorySource(logOf(Array.from({ length: 12 }, (_, at) => at))), {
      kinds: ['MessageEvent'],
      before: 1,
      after: 0,
    });
    const lines = result.lines.map(
      ({ position, isHit, afterGap }) => `${afterGap ? '|' : ''}${position}${isHit ? ':' : '-'}`,
    );
    expect(lines).toEqual(['0:', '|2-', '3:', '|5-', '6:', '|8-', '9:']);
  });

  test('an event that could not be read is reported, unless its name rules it out', async () => {
    const outcomes = logOf([1, null, 3, null]);
    const all = await ask(memorySource(outcomes));
    expect(all.skipped.map(({ slot }) => slot.index)).toEqual([1, 3]);
    const filter = makeFilter({ index: { from: 2, to: 3 } }, UTC);
    const some = await ask(memorySource(outcomes), { filter });
    expect(some.skipped.map(({ slot }) => slot.index)).toEqual([3]);
  });
});
