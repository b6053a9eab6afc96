import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';
import { LocalTail } from '../helpers/tail.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('waits for a half-written event, however long it takes, and for the one before', async () => {
  const path = makeConversation(1);
  const tail = new LocalTail(path, '-f', '-n', '1', '--json', '--meta');
  await tail.until(() => tail.lines().length === 1);
  const bytes = Buffer.from(JSON.stringify(messageEvent(1, 'ü'.repeat(100))));
  const fd = openSync(eventPath(path, 1), 'w');
  for (const byte of [0, 80, 81, 82, bytes.length - 1]) {
    writeSync(
      fd,
      bytes,
      statSync(eventPath(path, 1)).size,
      byte - statSync(eventPath(path, 1)).size,
    );
    await sleep(40);
    expect(tail.lines()).toHaveLength(1);
  }
  writeSync(fd, bytes, bytes.length - 1, 1);
  closeSync(fd);
  await tail.until(() => tail.lines().length === 2);
  expect(tail.indices()).toEqual([0, 1]);
  expect(tail.stderr).toBe('');
});

test('an event left half-written is reported once a later event follows it', async () => {
  const path = makeConversation(2);
  writeFileSync(eventPath(path, 2), '{"kind":');
  const tail = new LocalTail(path, '-f', '-n', '2', '--json', '--meta');
  await tail.until(() => tail.lines().length === 2);
  await sleep(300);
  expect(tail.stderr).toBe('');
  writeEvent(path, 3, messageEvent(3));
  await tail.until(() => tail.lines().length === 3);
  expect(tail.indices()).toEqual([0, 1, 3]);
  expect(tail.stderr).toMatch(/^convoscope: skipped events\/event-00002-.*: truncated-json: .*\n$/);
});

test('shows events written to a temporary file and renamed, as newer SDKs do', async () => {
  const path = makeConversation(1);
  const tail = new LocalTail(path, '-f', '-n', '1', '--json', '--meta');
  await tail.until(() => tail.lines().length === 1);
  for (const index of [1, 2, 3]) {
    const aside = join(path, 'events', `.event-0000${index}.x.tmp`);
    writeFileSync(aside, JSON.stringify(messageEvent(index)));
    renameSync(aside, eventPath(path, index));
    writeFileSync(join(path, 'events', `.eventlog-len-${index}.marker`), '');
  }
  await tail.until(() => tail.lines().length === 4);
  expect([tail.indices(), tail.stderr]).toEqual([[0, 1, 2, 3], '']);
});

test('filters new events', async () => {
  const path = makeConversation(3);
  const tail = new LocalTail(path, '-f', '-t', 'message 2', '--json', '--meta');
  await tail.until(() => tail.lines().length === 1);
  for (const index of [3, 4, 5]) {
    writeEvent(path, index, messageEvent(index, index === 4 ? 'as in message 2' : 'other'));
  }
  await tail.until(() => tail.lines().length === 2);
  await sleep(100);
  expect(tail.indices()).toEqual([2, 4]);
});

test('starts before the events folder exists', async () => {
  const path = makeConversation(0);
  rmSync(join(path, 'events'), { recursive: true });
  writeFileSync(join(path, 'base_state.json'), '{}');
  const tail = new LocalTail(path, '-f', '--json', '--meta');
  await sleep(300);
  mkdirSync(join(path, 'events'));
  for (const index of upTo(3)) writeEvent(path, index, messageEvent(index));
  await tail.until(() => tail.lines().length === 3);
  expect(tail.indices()).toEqual([0, 1, 2]);
});

test('reports that the folder was deleted', async () => {
  const path = makeConversation(2);
  const tail = new LocalTail(path, '-f');
  await tail.until(() => tail.lines().length === 2);
  rmSync(path, { recursive: true });
  await tail.ended;
  expect(tail.code).toBe(2);
  expect(tail.stderr).toContain(`convoscope: the conversation's folder is gone: ${path}\n`);
});

test('ends when another events folder takes the place', async () => {
  const path = makeConversation(2);
  const tail = new LocalTail(path, '-f');
  await tail.until(() => tail.lines().length === 2);
  renameSync(join(path, 'events'), join(path, 'old'));
  mkdirSync(join(path, 'events'));
  await tail.ended;
  expect(tail.code).toBe(2);
});

test('reports that events were removed, and goes on', async () => {
  const path = makeConversation(4);
  const tail = new LocalTail(path, '-f', '--json', '--meta');
  await tail.until(() => tail.lines().length === 4);
  for (const index of [2, 3]) rmSync(eventPath(path, index));
  // In one note, or in one for each.
  const notes = () => [...tail.stderr.matchAll(/(\d) event files? (?:was|were) removed from/g)];
  await tail.until(() => notes().reduce((sum, [, count]) => sum + Number(count), 0) === 2);
  expect(tail.stderr).toMatch(/event files? (was|were) removed from/);
  writeEvent(path, 2, messageEvent(2));
  await tail.until(() => tail.lines().length === 5);
  expect(tail.indices()).toEqual([0, 1, 2, 3, 2]);
});

test.each([
  ['finished', 0],
  ['error', 1],
  ['stuck', 1],
])('--until-done ends when the status is %s, with %i', async (status, code) => {
  const path = makeConversation(1);
  const state = (value: string) =>
    writeFileSync(join(path, 'base_state.json'), JSON.stringify({ execution_status: value }));
  state('running');
  const tail = new LocalTail(path, '--until-done', '--json', '--meta');
  await tail.until(() => tail.lines().length === 1);
  writeFileSync(join(path, 'base_state.json'), '{"execution_st');
  await sleep(100);
  state(status);
  writeEvent(path, 1, messageEvent(1)); // the last event comes after the state
  await tail.ended;
  expect(tail.indices()).toEqual([0, 1]);
  expect([tail.code, tail.stderr]).toEqual([code, `convoscope: execution_status is ${status}\n`]);
});

test('a plain tail of a folder in use shows everything', async () => {
  const path = makeConversation(3);
  const { code, stdout } = await cli(['tail', path, '--json', '--meta']);
  expect([code, stdout.split('\n').length]).toEqual([0, 4]);
});

test('--until-done says that there is no status yet', async () => {
  const tail = new LocalTail(makeConversation(1), '--until-done');
  await tail.until(() => tail.stderr !== '');
  expect(tail.stderr).toBe(
    'convoscope: no execution_status in base_state.json yet; waiting for one\n',
  );
});

test('an events folder that appears as a link out of the conversation is an error', async () => {
  const path = makeConversation(0);
  rmSync(join(path, 'events'), { recursive: true });
  writeFileSync(join(path, 'base_state.json'), '{}');
  const tail = new LocalTail(path, '-f');
  await sleep(400);
  symlinkSync(join(makeConversation(2), 'events'), join(path, 'events'));
  await tail.ended;
  expect([tail.code, tail.stdout]).toEqual([2, '']);
  expect(tail.stderr).toContain('events is a link to a target outside the conversation');
});

const setStatus = (path: string, value: string) =>
  writeFileSync(join(path, 'base_state.json'), JSON.stringify({ execution_status: value }));

test.each(['finished', 'error', 'stuck'])(
  '-f says each time that the status has become %s, after the last events, and goes on',
  async (status) => {
    const path = makeConversation(1);
    setStatus(path, 'running');
    const tail = new LocalTail(path, '-f', '--json', '--meta');
    await tail.until(() => tail.lines().length === 1);
    const note = `convoscope: execution_status is ${status}; still following\n`;
    for (const round of [1, 2]) {
      setStatus(path, status);
      writeEvent(path, 2 * round - 1, messageEvent(2 * round - 1));
      await tail.until(() => tail.stderr === note.repeat(round));
      expect(tail.lines()).toHaveLength(2 * round);
      setStatus(path, 'running');
      await sleep(1_200); // more than the longest time between two looks
      writeEvent(path, 2 * round, messageEvent(2 * round));
      await tail.until(() => tail.lines().length === 2 * round + 1);
    }
    expect(tail.indices()).toEqual([0, 1, 2, 3, 4]);
  },
);

test('-f says once that the conversation had already finished', async () => {
  const path = makeConversation(1);
  setStatus(path, 'finished');
  const tail = new LocalTail(path, '-f');
  await tail.until(() => tail.stderr !== '');
  setStatus(path, 'finished'); // written again, with nothing new
  await sleep(500);
  expect(tail.stderr).toBe('convoscope: execution_status is finished; still following\n');
});

describe('-f waits for a conversation to come', () => {
  const ID = 'c0ffee00c0ffee00c0ffee00c0ffee01';

  test('at a path whose parent exists', async () => {
    const root = temporaryFolder();
    const tail = new LocalTail(join(root, ID), '-f', '--json', '--meta');
    await tail.until(() => tail.stderr !== '');
    makeConversation(2, ID, root);
    await tail.until(() => tail.lines().length === 2);
    expect(tail.stderr).toBe(
      `convoscope: ${join(root, ID)}: no such file or folder; waiting for one\nconvoscope: reading ${join(root, ID)}\n`,
    );
  });

  test('in a folder that has none, and for its first event', async () => {
    const root = temporaryFolder();
    const tail = new LocalTail(root, '-f', '--json', '--meta');
    await tail.until(() => tail.stderr.includes('waiting for one\n'));
    const path = makeConversation(0, ID, root);
    await tail.until(() => tail.stderr.includes('no event yet; waiting for the first one\n'));
    writeEvent(path, 0, messageEvent(0));
    await tail.until(() => tail.lines().length === 1);
    expect(tail.stderr).toContain(`convoscope: reading ${path}\n`);
    rmSync(path, { recursive: true });
    await tail.ended;
    expect(tail.code).toBe(2);
  });

  test('with a whole id, under the roots', async () => {
    const root = temporaryFolder();
    const tail = new LocalTail(ID, '-f', '--root', root, '--json', '--meta');
    await tail.until(() => tail.stderr.includes('waiting for one\n'));
    const path = makeConversation(2, ID, root);
    await tail.until(() => tail.lines().length === 2);
    rmSync(path, { recursive: true });
    await tail.ended;
    const indices = tail.lines().map((line) => JSON.parse(line)._meta.index);
    expect([tail.code, indices]).toEqual([2, [0, 1]]);
  });

  test.each([
    [['nowhere/at/all', '-f'], 'nowhere/at/all: no such file or folder'],
    [['abcd', '-f'], 'abcd: no such path, and no conversation with that id under'],
    [['@root/file', '-f'], 'a conversation is a folder, and this is a file'],
    [['@root/several', '-f'], 'in it: name one, or use it as a root'],
    [['@root/none', '--until-done'], '@root/none: no such file or folder'],
  ])('but not where that makes no sense: %j', async (args, message) => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), '');
    mkdirSync(join(root, 'several'));
    for (const digit of [1, 2]) makeConversation(1, ID.slice(0, -1) + digit, join(root, 'several'));
    const full = (text: string) => text.replace('@root', root);
    const { code, stdout, stderr } = await cli(['tail', ...args.map(full), '--root', root]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(full(message));
  });

  test('and ends if what it waits in is gone', async () => {
    const root = temporaryFolder();
    const tail = new LocalTail(root, '-f');
    await tail.until(() => tail.stderr.includes('waiting for one\n'));
    rmSync(root, { recursive: true });
    await tail.ended;
    expect(tail.code).toBe(2);
  });
});
