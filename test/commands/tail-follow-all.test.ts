import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';
import { terminalEnv } from '../helpers/environment.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { LocalTail } from '../helpers/tail.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, at) => `c0ffee00c0ffee00c0ffee00c0ffee0${at}`);
const [A, B, C] = ids(3) as [string, string, string];

/** What was printed, as `id index`. */
const events = (tail: LocalTail) =>
  tail.lines().map((line) => {
    const { conversation, index } = JSON.parse(line)._meta;
    return `${conversation} ${index}`;
  });

const start = (root: string, ...options: string[]) =>
  new LocalTail(root, '-f', '--all', ...options);

const FOLLOWING = /following \d+ conversations?, and new ones\n/;

test('follows every conversation in a folder, and those that appear later', async () => {
  const root = temporaryFolder();
  const [a, b] = [makeConversation(2, A, root), makeConversation(1, B, root)];
  const tail = start(root, '-n', '0', '--json');
  await tail.until(() => FOLLOWING.test(tail.stderr));
  writeEvent(b, 1, messageEvent(1));
  await tail.until(() => tail.lines().length === 1);
  writeEvent(a, 2, messageEvent(2));
  await tail.until(() => tail.lines().length === 2);
  const c = makeConversation(2, C, root);
  await tail.until(() => tail.lines().length === 4);
  writeEvent(c, 2, messageEvent(2));
  await tail.until(() => tail.lines().length === 5);
  expect(events(tail)).toEqual([`${B} 1`, `${A} 2`, `${C} 0`, `${C} 1`, `${C} 2`]);
  expect(tail.stderr).toBe('convoscope: following 2 conversations, and new ones\n');
});

test('follows the subagents of conversations, at any depth, and those that appear later', async () => {
  const root = temporaryFolder();
  const a = makeConversation(1, A, root);
  const b = makeConversation(1, B, join(a, 'subagents'));
  const tail = start(root, '-n', '2', '--json');
  await tail.until(() => tail.lines().length === 2);
  expect(tail.stderr).toBe('convoscope: following 1 conversation and 1 subagent, and new ones\n');
  writeEvent(b, 1, messageEvent(1));
  await tail.until(() => tail.lines().length === 3);
  const c = makeConversation(1, C, join(b, 'subagents'));
  await tail.until(() => tail.lines().length === 4);
  writeFileSync(join(c, 'base_state.json'), '{"execution_status":"finished"}');
  writeEvent(c, 1, messageEvent(1));
  await tail.until(() => tail.stderr.includes(`${C}: execution_status is finished\n`));
  expect(events(tail).slice(2)).toEqual([`${B} 1`, `${C} 0`, `${C} 1`]);
});

test('a subagent that cannot be followed is reported once, not while it is created', async () => {
  const root = temporaryFolder();
  const a = makeConversation(1, A, root);
  const b = join(a, 'subagents', B);
  mkdirSync(b, { recursive: true });
  const tail = start(root, '-n', '0');
  await tail.until(() => tail.stderr.includes(`${b}: not a conversation`));
  makeConversation(1, C, join(a, 'subagents'));
  await tail.until(() => tail.lines().length === 1);
  expect(tail.stderr.split('not a conversation')).toHaveLength(2);
});

test('waits for the first conversation, and for its events folder', async () => {
  const root = temporaryFolder();
  const tail = start(root, '--json');
  await tail.until(() => tail.stderr.includes('no conversation yet; waiting for the first one\n'));
  const path = makeConversation(0, A, root);
  rmSync(join(path, 'events'), { recursive: true });
  await sleep(1_500); // it is found without events
  mkdirSync(join(path, 'events'));
  for (const index of [0, 1]) writeEvent(path, index, messageEvent(index));
  await tail.until(() => tail.lines().length === 2);
  expect(events(tail)).toEqual([`${A} 0`, `${A} 1`]);
});

test('begins with the last events of all, by time, and shows none twice', async () => {
  const root = temporaryFolder();
  const at = (index: number, second: number) => ({
    ...messageEvent(index),
    timestamp: `2026-03-02T00:00:0${second}`,
  });
  const a = makeConversation([at(0, 0), at(1, 3), at(2, 4)], A, root);
  makeConversation([at(0, 1), at(1, 5)], B, root);
  const tail = start(root, '-n', '3', '--json');
  await tail.until(() => tail.lines().length === 3);
  writeEvent(a, 3, at(3, 6));
  await tail.until(() => tail.lines().length === 4);
  expect(events(tail)).toEqual([`${A} 1`, `${A} 2`, `${B} 1`, `${A} 3`]);
});

test('filters, and lines of text begin with the id', async () => {
  const root = temporaryFolder();
  const a = makeConversation(1, A, root);
  const tail = start(root, '-n', '0', '-t', 'wanted');
  await tail.until(() => FOLLOWING.test(tail.stderr));
  writeEvent(a, 1, messageEvent(1, 'other'));
  writeEvent(a, 2, messageEvent(2, 'wanted'));
  await tail.until(() => tail.lines().length === 1);
  expect(tail.lines()[0]).toMatch(new RegExp(`^${A} +2 .* wanted$`));
});

test('begins with as many events as were asked for, if newer conversations have none that passes', async () => {
  const root = temporaryFolder();
  const old = makeConversation([messageEvent(0, 'wanted')], A, root);
  utimesSync(join(old, 'events'), 1_000, 1_000);
  makeConversation([messageEvent(0, 'other')], B, root);
  const tail = start(root, '-n', '1', '-t', 'wanted', '--json');
  await tail.until(() => FOLLOWING.test(tail.stderr));
  await tail.until(() => tail.lines().length === 1);
  expect(events(tail)).toEqual([`${A} 0`]);
});

test('waits for a half-written event, also for one that was there at the start', async () => {
  const root = temporaryFolder();
  const a = makeConversation(1, A, root);
  const whole = JSON.stringify(messageEvent(1));
  writeFileSync(eventPath(a, 1), whole.slice(0, 20));
  const tail = start(root, '-n', '5', '--json');
  await tail.until(() => tail.lines().length === 1);
  appendFileSync(eventPath(a, 1), whole.slice(20));
  await tail.until(() => tail.lines().length === 2);
  writeFileSync(eventPath(a, 2), '{');
  writeEvent(a, 3, messageEvent(3));
  await tail.until(() => tail.lines().length === 3);
  expect(events(tail)).toEqual([`${A} 0`, `${A} 1`, `${A} 3`]);
  expect(tail.stderr).toMatch(new RegExp(`skipped ${A}/events/event-00002-\\S+: truncated-json`));
});

test('says which conversation has ended, was removed or cannot be read, and goes on', async () => {
  const root = temporaryFolder();
  const [a, b] = [makeConversation(1, A, root), makeConversation(1, B, root)];
  const tail = start(root, '-n', '0', '--json');
  await tail.until(() => FOLLOWING.test(tail.stderr));
  writeFileSync(join(a, 'base_state.json'), '{"execution_status":"stuck"}');
  writeEvent(a, 1, messageEvent(1));
  await tail.until(() => tail.stderr.includes(`${A}: execution_status is stuck\n`));
  renameSync(b, join(temporaryFolder(), B));
  await tail.until(() => tail.stderr.includes(`${B}: the conversation's folder is gone`));
  const c = join(root, C);
  mkdirSync(c);
  writeFileSync(join(c, 'base_state.json'), '{}');
  await sleep(1_500);
  symlinkSync(join(makeConversation(2), 'events'), join(c, 'events'));
  await tail.until(() => tail.stderr.includes('a link to a target outside the conversation'));
  writeEvent(a, 2, messageEvent(2));
  await tail.until(() => tail.lines().length === 2);
  expect(events(tail)).toEqual([`${A} 1`, `${A} 2`]);
  await sleep(2_500);
  // Each is said once.
  for (const text of ['is stuck', 'is gone', 'a link to a target outside']) {
    expect(tail.stderr.split(text)).toHaveLength(2);
  }
});

test('on a terminal, a heading stands where the conversation changes', async () => {
  const root = temporaryFolder();
  const [a, b] = [makeConversation(1, A, root), makeConversation(1, B, root)];
  writeFileSync(join(b, 'meta.json'), JSON.stringify({ title: 'Fix \u001b[31mit' }));
  let output = '';
  const run = runInProcess(
    ['tail', root, '-f', '--all', '-n', '0'],
    { columns: 80, env: terminalEnv({ NO_COLOR: '1' }) },
    (_, text) => {
      output += text;
    },
  );
  onTestFinished(async () => {
    rmSync(root, { recursive: true, force: true });
    await run;
  });
  const until = async (text: string) => {
    while (!output.includes(text)) await sleep(10);
  };
  await until('and new ones');
  writeEvent(a, 1, messageEvent(1, 'one'));
  await until('one\n');
  writeEvent(a, 2, messageEvent(2, 'two'));
  await until('two\n');
  writeEvent(b, 1, messageEvent(1, 'three'));
  await until('three\n');
  makeConversation([messageEvent(0, 'four')], C, join(b, 'subagents'));
  await until('four\n');
  const shown = output
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/\d\d-\d\d \d\d:\d\d:\d\d/, 'TIME'));
  expect(shown).toEqual([
    A,
    '  1 TIME user  message       one',
    '  2 TIME user  message       two',
    '',
    `${B} Fix \\x1b[31mit`,
    '  1 TIME user  message       three',
    '',
    `${C} (subagent of ${B})`,
    '  0 TIME user  message       four',
    '',
  ]);
});

test('ends if the folder is gone', async () => {
  const root = temporaryFolder();
  makeConversation(1, A, root);
  const tail = start(root);
  await tail.until(() => tail.lines().length === 1);
  rmSync(root, { recursive: true });
  await tail.ended;
  expect(tail.code).toBe(2);
  expect(tail.stderr).toContain(`convoscope: ${root}: not a folder\n`);
});

test.each([
  [['--all'], '--all: needs -f (--follow)'],
  [['--all', '-f', '--until-done'], '--until-done: waits for one conversation, not for --all'],
  [['--all', '-f', '--branch', 'all'], '--branch: is of one conversation, not of --all'],
  [['--all', '-f', '-o', 'table'], '-o table: a table cannot be printed while following'],
  [['/nowhere/at/all', '--all', '-f'], '/nowhere/at/all: not a folder'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await cli(['tail', ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('reports an end that is written long after the last event, once', async () => {
  const root = temporaryFolder();
  const a = makeConversation(1, A, root);
  const state = join(a, 'base_state.json');
  writeFileSync(state, '{"execution_status":"running"}');
  // Nothing was written to it since the following began, so it is as idle as after 30 s.
  const tail = start(root, '-n', '0', '--json');
  await tail.until(() => FOLLOWING.test(tail.stderr));
  writeFileSync(state, '{"execution_status":"finished"}');
  await tail.until(() => tail.stderr.includes(`${A}: execution_status is finished\n`));
  writeFileSync(state, '{"execution_status":"finished", "more":1}');
  await sleep(1_500);
  expect(tail.stderr.split('execution_status is finished')).toHaveLength(2);
});
