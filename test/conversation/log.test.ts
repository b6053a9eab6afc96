import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import type { ReadMode } from '../../src/reading/read-scheduler.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { listEvents } from '../../src/storage/list-events.ts';
import type { Listing } from '../../src/storage/listing.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { eventName, idOf, outcomesOf } from '../helpers/memory.ts';
import { openLiveLog, openLog } from '../helpers/open-log.ts';

const BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

/** Makes a file look as if it was written long ago, so that no write can be under way. */
const age = (path: string) => utimesSync(path, 1e9, 1e9);

describe.each<ReadMode>(['plain', 'in-flight'])('reading %s', (pace) => {
  test('opens, reads and parses each file once, however many passes look at it', async () => {
    const log = openLog(makeConversation(20), pace);
    const first = await all(log);
    const [again, once] = [await all(log), await log.readOne(log.slots.at(7)!)];
    expect(again.every((outcome, at) => outcome === first[at])).toBe(true);
    expect(once).toBe(first[7]);
    expect(log.scheduler.stats).toMatchObject({ opened: 20, read: 20, parsed: 20, remembered: 21 });
  });

  test('passes at the same time read each file once too', async () => {
    const log = openLog(makeConversation(30), pace);
    await Promise.all([all(log), all(log), all(log)]);
    expect(log.scheduler.stats.opened).toBe(30);
  });

  test('a log that is opened again reads everything again', async () => {
    const path = makeConversation(3);
    const [first, second] = [openLog(path, pace), openLog(path, pace)];
    const before = await all(first);
    const after = await all(second);
    expect(after).toEqual(before);
    expect(after[0]).not.toBe(before[0]);
    expect([first, second].map((log) => log.scheduler.stats.opened)).toEqual([3, 3]);
  });

  test('a pass that stops leaves the rest unread', async () => {
    const log = openLog(makeConversation(50), pace);
    await log.scan([...log.slots.keys()], BODIES, {
      entry: (_, event) => event?.slot.index === 9,
      fault: () => false,
    });
    expect(log.scheduler.stats.opened).toBeLessThanOrEqual(10 + 4);
  });

  test('what is wrong with a file is data', async () => {
    const path = makeConversation(12);
    const damage: [string, (file: string) => void][] = [
      ['empty-file', (file) => writeFileSync(file, '')],
      ['truncated-json', (file) => truncateSync(file, 30)],
      ['invalid-json', (file) => writeFileSync(file, '{"a":,}')],
      ['trailing-bytes', (file) => writeFileSync(file, '{} {}')],
      ['invalid-utf8', (file) => writeFileSync(file, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))],
      ['not-an-object', (file) => writeFileSync(file, '[1]')],
      ['not-a-file', (file) => [rmSync(file), mkdirSync(file)]],
      ['not-a-file', (file) => [rmSync(file), execFileSync('mkfifo', [file])]],
      ['linked-file', (file) => [rmSync(file), symlinkSync('/etc/hostname', file)]],
      ['unreadable-file', (file) => [rmSync(file), symlinkSync(file, file)]],
      ['ok', (file) => [renameSync(file, join(path, 'inside')), symlinkSync('../inside', file)]],
    ];
    for (const [index, [, spoil]] of damage.entries()) spoil(eventPath(path, index));
    expect(await codes(openLog(path, pace))).toEqual([...damage.map(([code]) => code), 'ok']);
  });

  test('a file too large is not loaded', async () => {
    const path = makeConversation(2);
    truncateSync(eventPath(path, 0), 1024 ** 3); // sparse: it takes no room
    const before = process.memoryUsage().rss;
    expect(await codes(openLog(path, pace))).toEqual(['oversized-file', 'ok']);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});

test('what nobody will ask for again is not remembered', async () => {
  const log = openLog(makeConversation(5));
  await log.scan(
    [...log.slots.keys()],
    { ...BODIES, isLastPass: true },
    { entry: () => false, fault: () => true },
  );
  await all(log);
  expect(log.scheduler.stats).toMatchObject({ opened: 10, remembered: 0 });
});

test('what does not fit in memory is read again', async () => {
  const path = makeConversation(10);
  const size = readFileSync(eventPath(path, 0)).length;
  const log = openLog(path, 'plain', { maxMemoryBytes: size * 4 });
  await all(log);
  await log.readOne(log.slots.at(0)!);
  expect(log.scheduler.stats.opened).toBe(10);
  await log.readOne(log.slots.at(9)!);
  expect(log.scheduler.stats.opened).toBe(11);
});

test('tells where a text goes wrong, in bytes, lines and characters', async () => {
  const path = makeConversation(4);
  writeFileSync(eventPath(path, 0), '{\n  "ü": "é",\n  "a" 1}');
  writeFileSync(
    eventPath(path, 1),
    Buffer.concat([Buffer.from('{"ü":"'), Buffer.from([0xed, 0xa0, 0x80, 0x22])]),
  );
  writeFileSync(eventPath(path, 2), Buffer.from('{"a":"ü').subarray(0, 7));
  const [json, utf8, cut] = await all(openLog(path));
  expect(json).toMatchObject({ code: 'invalid-json', offset: 22, line: 3, column: 7 });
  expect(utf8).toMatchObject({ code: 'invalid-utf8', offset: 7, line: 1, column: 7 });
  expect(cut).toMatchObject({ code: 'truncated-json', offset: 6 });
});

test('a cut at any byte is an empty or a truncated file', async () => {
  const path = makeConversation(1);
  const file = eventPath(path, 0);
  const bytes = Buffer.from(JSON.stringify({ ...messageEvent(0), text: 'ü漢🎉 \\u00e9 "\\n"' }));
  for (let end = 0; end < bytes.length; end++) {
    writeFileSync(file, bytes.subarray(0, end));
    age(file);
    expect(await codes(openLog(path))).toEqual([end === 0 ? 'empty-file' : 'truncated-json']);
  }
});

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

  test('was left so once it is old, unless a live lease says otherwise', async () => {
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

  test('is given the moment that its writer needs', async () => {
    const { path } = spoiled();
    const timer = setTimeout(() => writeEvent(path, 2, messageEvent(2)), 30);
    expect(await codes(openLog(path))).toEqual(['ok', 'ok', 'ok']);
    clearTimeout(timer);
  });

  test('does not excuse an older one', async () => {
    const path = makeConversation(3);
    truncateSync(eventPath(path, 1), 40);
    expect(await codes(openLog(path))).toEqual(['ok', 'truncated-json', 'ok']);
  });
});

describe('listing', () => {
  test('orders by index, past five digits too, and keeps files of one index', () => {
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

  test('the SDK reaches events up to the first gap', () => {
    const path = makeConversation(6);
    rmSync(eventPath(path, 4));
    expect(openLog(path).reachable).toBe(4);
  });

  test('a live log looks again at the files that are named', () => {
    const path = makeConversation(3);
    const log = openLiveLog(path);
    writeEvent(path, 3, messageEvent(3));
    rmSync(eventPath(path, 1));
    const names = [0, 1, 3].map((index) => eventPath('', index).slice('events/'.length));
    expect(log.update(names)).toMatchObject({ removed: 1, added: [{ index: 3 }] });
    log.refresh();
    expect([...log.slots].map(({ id }) => id)).toEqual([0, 2, 3].map(idOf));
    expect([...log.slots].map((slot) => isFault(log.read(slot)))).toEqual([false, false, false]);
  });
});

test('a listing that grows keeps its order, and leaves the one before as it was', () => {
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
