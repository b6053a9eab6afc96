import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type ReadOutcome } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import type { ReadMode } from '../../src/reading/read-scheduler.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { openLog } from '../helpers/open-log.ts';

const BODIES = { needsBody: () => true, mayNeedBodies: true };

const all = (log: EventLog): Promise<ReadOutcome[]> => outcomesOf(log);

async function codes(log: EventLog): Promise<string[]> {
  return (await all(log)).map((outcome) => (isFault(outcome) ? outcome.code : 'ok'));
}

describe.each<ReadMode>(['plain', 'in-flight'])('reading %s', (pace) => {
  test('opens, reads and parses each file once, however many scans need it', async () => {
    const log = openLog(makeConversation(20), pace);
    const first = await all(log);
    const [again, once] = [await all(log), await log.readOne(log.slots.at(7)!)];
    expect(again.every((outcome, at) => outcome === first[at])).toBe(true);
    expect(once).toBe(first[7]);
    expect(log.scheduler.stats).toMatchObject({ opened: 20, read: 20, parsed: 20, remembered: 21 });
  });

  test('scans at the same time read each file once, too', async () => {
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

  test('a scan that stops leaves the rest unread', async () => {
    const log = openLog(makeConversation(50), pace);
    await log.scan([...log.slots.keys()], BODIES, {
      entry: (_, event) => event?.slot.index === 9,
      fault: () => false,
    });
    expect(log.scheduler.stats.opened).toBeLessThanOrEqual(10 + 4);
  });

  test('an invalid file is a fault with a code', async () => {
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

test('an event of the last scan is not kept in memory', async () => {
  const log = openLog(makeConversation(5));
  await log.scan(
    [...log.slots.keys()],
    { ...BODIES, isLastPass: true },
    { entry: () => false, fault: () => true },
  );
  await all(log);
  expect(log.scheduler.stats).toMatchObject({ opened: 10, remembered: 0 });
});

test('an event that does not fit in memory is read again', async () => {
  const path = makeConversation(10);
  const size = readFileSync(eventPath(path, 0)).length;
  const log = openLog(path, 'plain', { maxMemoryBytes: size * 4 });
  await all(log);
  await log.readOne(log.slots.at(0)!);
  expect(log.scheduler.stats.opened).toBe(10);
  await log.readOne(log.slots.at(9)!);
  expect(log.scheduler.stats.opened).toBe(11);
});
