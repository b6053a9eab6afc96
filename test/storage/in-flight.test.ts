import { truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { openLog } from '../helpers/open-log.ts';

const _BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

/** Makes a file look as if it was written long ago, so that no write can be under way. */
const age = (path: string) => utimesSync(path, 1e9, 1e9);

describe('the newest file, half-written', () => {
  const spoiled = () => {
    const path = makeConversation(3);
    const file = eventPath(path, 2);
    truncateSync(file, 40);
    return { path, file };
  };

  test('is being written while it is young', async () => {
    const { path } = spoiled();
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'in-flight-write']);
    expect(await codes(openLog(path, 'measure', { assumeIdle: true }))).toEqual([
      'ok',
      'ok',
      'truncated-json',
    ]);
  });

  test('is truncated once it is old, unless a live lease says otherwise', async () => {
    const { path, file } = spoiled();
    age(file);
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'truncated-json']);
    const lease = (expires_at: number) =>
      writeFileSync(
        join(path, 'owner_lease.json'),
        JSON.stringify({ owner_instance_id: 'x', generation: 1, expires_at }),
      );
    lease(Date.now() / 1000 + 60);
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'in-flight-write']);
    lease(Date.now() / 1000 - 60);
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'truncated-json']);
  });

  test('judged at rest, is damaged however young it is', async () => {
    const { path } = spoiled();
    const codesAtRest = () => codes(openLog(path, 'measure', { atRest: true }));
    expect(await codesAtRest()).toEqual(['ok', 'ok', 'truncated-json']);
    const lease = { owner_instance_id: 'x', generation: 1, expires_at: Date.now() / 1000 + 60 };
    writeFileSync(join(path, 'owner_lease.json'), JSON.stringify(lease));
    expect(await codesAtRest()).toEqual(['ok', 'ok', 'in-flight-write']);
  });

  test('judged at rest, is being written if it changes while it is looked at', async () => {
    const { path, file } = spoiled();
    const timer = setTimeout(() => truncateSync(file, 30), 30);
    expect(await codes(openLog(path, 'measure', { atRest: true }))).toEqual([
      'ok',
      'ok',
      'in-flight-write',
    ]);
    clearTimeout(timer);
  });

  test('is read again after a moment, when its writer may be done', async () => {
    const { path } = spoiled();
    const timer = setTimeout(() => writeEvent(path, 2, messageEvent(2)), 30);
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'ok']);
    clearTimeout(timer);
  });

  test('does not excuse an older file', async () => {
    const path = makeConversation(3);
    truncateSync(eventPath(path, 1), 40);
    expect(await codes(openLog(path))).toEqual(['ok', 'truncated-json', 'ok']);
  });
});
