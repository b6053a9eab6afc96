import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { listEvents } from '../../src/storage/list-events.ts';
import type { Listing } from '../../src/storage/listing.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { eventName, idOf, outcomesOf } from '../helpers/memory.ts';
import { openLog } from '../helpers/open-log.ts';

const _BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function _codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

describe('a listing', () => {
  test('is ordered by index, past five digits too, and keeps files of one index', () => {
    const path = makeConversation(0);
    for (const name of [
      'event-100000-aaaaaaaa.json',
      'event-99999-bbbbbbbb.json',
      'event-00002-cccccccc.json',
      'event-00002-aaaaaaaa.json',
      '.eventlog.lock',
      'notes.txt',
    ]) {
      writeFileSync(join(path, 'events', name), '{}');
    }
    const log = openLog(path);
    expect([...log.slots].map(({ name }) => name)).toEqual([
      'event-00002-aaaaaaaa.json',
      'event-00002-cccccccc.json',
      'event-99999-bbbbbbbb.json',
      'event-100000-aaaaaaaa.json',
    ]);
    expect(log.unrecognized).toEqual(['notes.txt']);
    expect(log.reachable).toBe(0);
  });

  test('knows that the SDK reaches events up to the first gap', () => {
    const path = makeConversation(6);
    rmSync(eventPath(path, 4));
    expect(openLog(path).reachable).toBe(4);
  });
});

test('a listing that grows keeps its order, and does not change the one before', () => {
  const slot = (index: number) => ({
    index,
    id: idOf(index),
    name: eventName(index, idOf(index)),
    type: 'file' as const,
  });
  const indices = (listing: Listing) => [...listing].map(({ index }) => index);
  const path = makeConversation(2);
  const first = listEvents(conversationAt(path)!);
  const second = first.with([slot(3), slot(2)]);
  const third = second.with([slot(5)]);
  const other = second.with([slot(4)]);
  const early = third.with([slot(4)]);
  expect(indices(first)).toEqual([0, 1]);
  expect(indices(second)).toEqual([0, 1, 2, 3]);
  expect(indices(third)).toEqual([0, 1, 2, 3, 5]);
  expect(indices(other)).toEqual([0, 1, 2, 3, 4]);
  expect(indices(early)).toEqual([0, 1, 2, 3, 4, 5]);
});
