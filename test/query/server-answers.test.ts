import { describe, expect, test } from 'vitest';
import { isFault, type LoadedEvent } from '../../src/domain/event.ts';
import { bareId } from '../../src/domain/ids.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { count } from '../../src/query/count.ts';
import { type Filter, makeFilter } from '../../src/query/filter.ts';
import { search } from '../../src/query/search.ts';
import type { SearchResult } from '../../src/query/search-request.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { parseTime } from '../../src/time/time-expression.ts';
import { findZone } from '../../src/time/zone.ts';
import { answers, fixtures, openFixture, type Params, type Query } from '../helpers/fixtures.ts';
import { outcomesOf } from '../helpers/memory.ts';

const UTC = findZone('UTC')!;

function filterOf(params: Params): Filter {
  const since = params.timestamp__gte && parseTime(params.timestamp__gte, 0, UTC);
  const until = params.timestamp__lt && parseTime(params.timestamp__lt, 0, UTC);
  return makeFilter(
    {
      ...(params.kind !== undefined && { kinds: [params.kind] }),
      ...(params.source !== undefined && { sources: [params.source] }),
      ...(params.body !== undefined && { body: params.body }),
      ...(since && { since }),
      ...(until && { until }),
    },
    UTC,
  );
}

/*
 * Where convoscope differs from the server on purpose. What is not named here must be the same.
 */

/** An inspector reads events of every version; the newest SDK does not, and leaves them out. */
function isUnreadableForServer(event: LoadedEvent): boolean {
  return event.text.startsWith('{"kind": "SystemPromptEvent"') || /\\ud83d"/.test(event.text);
}

/** The server has no order by time: it takes the index for it. */
const disordered = new Set(
  fixtures
    .filter(({ covers }) => covers.includes('timestamps run backwards'))
    .map(({ conversation }) => conversation),
);

/** A kind in a spelling of which the server knows nothing. */
const SPELLINGS = [
  'actionevent',
  'openhands.sdk.event.ActionEvent',
  'sdk.event.llm_convertible.action.ActionEvent',
];

const logs = new Map<string, EventLog>();
function logOf(conversation: string): EventLog {
  const log = logs.get(conversation) ?? openFixture(conversation);
  logs.set(conversation, log);
  return log;
}

/** Our answer, with the events left out that the server cannot read. */
function ask(log: EventLog, params: Params, limit = params.limit ?? 100) {
  const filter = filterOf(params);
  return search(log, {
    filter: readable(filter),
    zone: UTC,
    descending: params.sort_order === 'TIMESTAMP_DESC',
    limit,
    ...(params.page_id && { page: params.page_id }),
    before: 0,
    after: 0,
  });
}

/** The filter without what the server can't read. That takes the whole event. */
function readable(filter: Filter): Filter {
  return {
    ...filter,
    scanOptions: { mayNeedBodies: true, needsBody: () => true },
    verdictOn: (entry, event) =>
      event !== undefined && !isUnreadableForServer(event) && filter.verdictOn(entry, event),
  };
}

const slotsOf = (log: EventLog, { lines }: SearchResult) =>
  lines.map(({ position }) => log.slots.at(position) as Slot);
const idsOf = (log: EventLog, result: SearchResult) => slotsOf(log, result).map(({ id }) => id);

/** The server's order: the same events, by index. */
async function byIndex(log: EventLog, params: Params): Promise<string[]> {
  const all = await ask(log, { ...params, page_id: '' }, Number.POSITIVE_INFINITY);
  const slots = slotsOf(log, all).sort((a, b) => a.index - b.index);
  if (params.sort_order === 'TIMESTAMP_DESC') slots.reverse();
  return slots.map(({ id }) => id);
}

type Search = Extract<Query, { op: 'search' }>;

async function checkSearch({ conversation, params, answer }: Search): Promise<string> {
  const log = logOf(conversation);
  const page = params.page_id;
  const named = page && [...log.slots].find(({ id }) => bareId(id) === bareId(page));
  if (named && named.id !== page) {
    expect(idsOf(log, await ask(log, params))[0]).toBe(named.id);
    return 'a page id in any spelling';
  }
  if (page && !named) {
    await expect(ask(log, params)).rejects.toThrow(`${page}: no event has this id here`);
    return 'an unknown page is refused, not begun at the start';
  }
  if (disordered.has(conversation)) {
    // The same events match; only their order, and so what a page holds, is our own.
    const order = await byIndex(log, params);
    const isDescending = params.sort_order === 'TIMESTAMP_DESC';
    const positions = new Map(
      [...log.slots].map(({ id, index }) => [id, isDescending ? -index : index]),
    );
    const start = page ? order.findIndex((id) => positions.get(id)! >= positions.get(page)!) : 0;
    const served = start < 0 ? [] : order.slice(start);
    expect(answer.ids).toEqual(served.slice(0, params.limit ?? 100));
    expect(answer.next_page_id).toBe(served[params.limit ?? 100] ?? null);
    const ours = await ask(log, { ...params, page_id: '' }, Number.POSITIVE_INFINITY);
    const times = await Promise.all(slotsOf(log, ours).map((slot) => log.readOne(slot)));
    const stamps = times.map((event) => (isFault(event) ? 0 : event.entry.stamp!.us));
    const sorted = stamps.toSorted((a, b) => (isDescending ? b - a : a - b));
    expect(stamps).toEqual(sorted);
    return 'sorted by time';
  }
  const ours = await ask(log, params);
  expect(idsOf(log, ours)).toEqual(answer.ids);
  expect(ours.nextPage).toBe(answer.next_page_id);
  return 'same';
}

async function checkCount({
  conversation,
  params,
  answer,
}: Extract<Query, { op: 'count' }>): Promise<string> {
  const log = logOf(conversation);
  const filter = filterOf(params);
  const wrapped = filter.needsNamesOnly ? filter : readable(filter);
  const ours = await count(log, wrapped, UTC);
  if (SPELLINGS.includes(params.kind ?? '')) {
    expect(answer).toBe(0);
    const plain = await count(log, filterOf({ ...params, kind: 'ActionEvent' }), UTC);
    expect(ours.count).toBe(plain.count);
    return 'a kind in any spelling';
  }
  expect(ours.count).toBe(answer);
  return 'same';
}

test('answers as the agent-server does, apart from the listed differences', async () => {
  const outcomes: Record<string, number> = {};
  for (const query of answers) {
    const hint = JSON.stringify(query);
    try {
      const outcome = query.op === 'search' ? await checkSearch(query) : await checkCount(query);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      throw new Error(hint, { cause: error });
    }
  }
  expect(answers.length).toBeGreaterThanOrEqual(200);
  expect(outcomes).toMatchInlineSnapshot(`
    {
      "a kind in any spelling": 3,
      "a page id in any spelling": 4,
      "an unknown page is refused, not begun at the start": 35,
      "same": 1095,
      "sorted by time": 121,
    }
  `);
});

describe('events that the server leaves out are found', () => {
  test.each(fixtures.filter(({ name }) => name === '1.4.1/plain' || name === '1.4.1/text'))(
    '$name',
    async ({ conversation }) => {
      const log = logOf(conversation);
      let unreadable = 0;
      for (const outcome of await outcomesOf(log)) {
        if (!isFault(outcome) && isUnreadableForServer(outcome)) unreadable++;
      }
      expect(unreadable).toBe(
        conversation === fixtures.find(({ name }) => name === '1.4.1/plain')?.conversation ? 1 : 2,
      );
    },
  );
});
