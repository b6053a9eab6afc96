import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type Followed, follow } from '../../src/following/follow.ts';
import { BIN, cleanEnv, cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { openLiveLog } from '../helpers/open-log.ts';

const WRITER = fileURLToPath(new URL('../helpers/writer.mjs', import.meta.url));

/** A running `tail`, with what it has printed so far. */
class Tail {
  stdout = '';
  stderr = '';
  code: number | null = null;
  readonly ended: Promise<void>;
  readonly child: ChildProcess;

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [BIN, 'tail', ...args], { env: cleanEnv() });
    this.child.stdout?.setEncoding('utf8').on('data', (data) => {
      this.stdout += data;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (data) => {
      this.stderr += data;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        this.code = code;
        resolve();
      });
    });
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  indices(): number[] {
    return this.lines().map((line) => JSON.parse(line)._meta.index);
  }

  async until(holds: () => boolean, ms = 20_000): Promise<void> {
    for (const end = Date.now() + ms; !holds(); ) {
      if (Date.now() > end)
        throw new Error(`waited in vain: ${this.stdout.slice(-500)} ${this.stderr}`);
      await sleep(5);
    }
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('shows the last events, then each new one, and ends with 130', async () => {
  const path = makeConversation(5);
  const tail = new Tail(['-f', path, '-n', '2', '--json', '--meta']);
  await tail.until(() => tail.lines().length === 2);
  for (const index of [5, 6]) writeEvent(path, index, messageEvent(index));
  await tail.until(() => tail.lines().length === 4);
  tail.child.kill('SIGINT');
  await tail.ended;
  expect(tail.indices()).toEqual([3, 4, 5, 6]);
  expect([tail.code, tail.stderr]).toEqual([130, '']);
});

test('is terminated with 143', async () => {
  const tail = new Tail(['-f', makeConversation(1)]);
  await tail.until(() => tail.lines().length === 1);
  tail.child.kill('SIGTERM');
  await tail.ended;
  expect(tail.code).toBe(143);
});

test('waits for a half-written event, however long it takes, and for the one before', async () => {
  const path = makeConversation(1);
  const tail = new Tail(['-f', path, '-n', '1', '--json', '--meta']);
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

test('an event left half-written is told once a later one stands after it', async () => {
  const path = makeConversation(2);
  writeFileSync(eventPath(path, 2), '{"kind":');
  const tail = new Tail(['-f', path, '-n', '2', '--json', '--meta']);
  await tail.until(() => tail.lines().length === 2);
  await sleep(300);
  expect(tail.stderr).toBe('');
  writeEvent(path, 3, messageEvent(3));
  await tail.until(() => tail.lines().length === 3);
  expect(tail.indices()).toEqual([0, 1, 3]);
  expect(tail.stderr).toMatch(/^convoscope: skipped events\/event-00002-.*: truncated-json: .*\n$/);
});

test('takes files that are written aside and renamed, as newer SDKs do', async () => {
  const path = makeConversation(1);
  const tail = new Tail(['-f', path, '-n', '1', '--json', '--meta']);
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

test('filters what lands', async () => {
  const path = makeConversation(3);
  const tail = new Tail(['-f', path, '-t', 'message 2', '--json', '--meta']);
  await tail.until(() => tail.lines().length === 1);
  for (const index of [3, 4, 5]) {
    writeEvent(path, index, messageEvent(index, index === 4 ? 'as in message 2' : 'other'));
  }
  await tail.until(() => tail.lines().length === 2);
  await sleep(100);
  expect(tail.indices()).toEqual([2, 4]);
});

test('begins before the events folder is there', async () => {
  const path = makeConversation(0);
  rmSync(join(path, 'events'), { recursive: true });
  writeFileSync(join(path, 'base_state.json'), '{}');
  const tail = new Tail(['-f', path, '--json', '--meta']);
  await sleep(300);
  mkdirSync(join(path, 'events'));
  for (const index of upTo(3)) writeEvent(path, index, messageEvent(index));
  await tail.until(() => tail.lines().length === 3);
  expect(tail.indices()).toEqual([0, 1, 2]);
});

test('says that the folder was deleted', async () => {
  const path = makeConversation(2);
  const tail = new Tail(['-f', path]);
  await tail.until(() => tail.lines().length === 2);
  rmSync(path, { recursive: true });
  await tail.ended;
  expect(tail.code).toBe(2);
  expect(tail.stderr).toContain(`convoscope: the conversation's folder is gone: ${path}\n`);
});

test('says that another folder took the place', async () => {
  const path = makeConversation(2);
  const tail = new Tail(['-f', path]);
  await tail.until(() => tail.lines().length === 2);
  renameSync(join(path, 'events'), join(path, 'old'));
  mkdirSync(join(path, 'events'));
  await tail.ended;
  expect(tail.code).toBe(2);
});

test('says that events were removed, and goes on', async () => {
  const path = makeConversation(4);
  const tail = new Tail(['-f', path, '--json', '--meta']);
  await tail.until(() => tail.lines().length === 4);
  for (const index of [2, 3]) rmSync(eventPath(path, index));
  await tail.until(() => tail.stderr.includes('2 event files were removed'), 5000).catch(() => {});
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
  const tail = new Tail(['--until-done', path, '--json', '--meta']);
  await tail.until(() => tail.lines().length === 1);
  writeFileSync(join(path, 'base_state.json'), '{"execution_st');
  await sleep(100);
  state(status);
  writeEvent(path, 1, messageEvent(1)); // the last event comes after the state
  await tail.ended;
  expect(tail.indices()).toEqual([0, 1]);
  expect([tail.code, tail.stderr]).toEqual([code, `convoscope: execution_status is ${status}\n`]);
});

test('looks often where watching is not to be had', async () => {
  const path = makeConversation(1);
  const log = openLiveLog(path);
  const seen = new Set([...log.slots].map(({ name }) => name));
  const followed: Followed[] = [];
  setTimeout(() => {
    writeEvent(path, 1, messageEvent(1));
    writeFileSync(eventPath(path, 2), '');
  }, 50);
  setTimeout(() => appendFileSync(eventPath(path, 2), JSON.stringify(messageEvent(2))), 400);
  for await (const one of follow(log, seen, { stamp: log.storage.stamp(), poll: true }))
    if (followed.push(one) === 2) break;
  expect(followed.map((one) => one.kind === 'outcome' && one.outcome.slot.index)).toEqual([1, 2]);
});

test('an event that lands joins the listing', async () => {
  const path = makeConversation(1);
  const log = openLiveLog(path);
  const seen = new Set([...log.slots].map(({ name }) => name));
  setTimeout(() => writeEvent(path, 1, messageEvent(1)), 50);
  for await (const one of follow(log, seen, { stamp: log.storage.stamp() })) {
    expect(log.slots).toHaveLength(2);
    expect(one.kind === 'outcome' && one.outcome).toEqual(log.read(log.slots.at(1)!));
    break;
  }
});

test('thousands of events from writers that are killed: each whole one once, in order, none torn', async () => {
  const path = makeConversation(0);
  const events = join(path, 'events');
  const wanted = 5000;
  const tail = new Tail(['-f', path, '--json', '--meta']);
  // Only when it runs does it see all: it begins with the last ten.
  writeEvent(path, 0, messageEvent(0));
  await tail.until(() => tail.lines().length === 1);
  const others: Promise<unknown>[] = [];
  const problems: string[] = [];
  const files = () => readdirSync(events).length;
  for (let round = 0; files() < wanted; round++) {
    const left = wanted - files();
    const writer = spawn(
      process.execPath,
      [WRITER, events, String(left), '3', round % 2 ? '1' : '0'],
      {
        stdio: 'ignore',
      },
    );
    const ended = new Promise((resolve) => writer.on('close', resolve));
    if (round < 12) {
      const command = round % 2 ? ['verify', path, '--json'] : ['search', path, '--json'];
      others.push(
        cli(command).then(({ code, stdout, stderr }) => {
          if (code === null || stderr.includes('internal')) problems.push(`${command}: ${stderr}`);
          const document = JSON.parse(stdout);
          const items: { id: string }[] = document.items ?? [];
          if (new Set(items.map(({ id }) => id)).size !== items.length) problems.push('twice');
        }),
      );
      setTimeout(() => writer.kill('SIGKILL'), 150 + ((round * 211) % 400));
    }
    await ended;
  }
  await Promise.all(others);
  const names = readdirSync(events).sort();
  const whole: number[] = [];
  for (const [index, name] of names.entries()) {
    try {
      JSON.parse(readFileSync(join(events, name), 'utf8'));
      whole.push(index);
    } catch {
      // left half-written by a killed writer
    }
  }
  await tail.until(() => tail.lines().length >= whole.length);
  await sleep(200);
  tail.child.kill('SIGINT');
  await tail.ended;
  expect(problems).toEqual([]);
  expect(tail.indices()).toEqual(whole);
  const torn = names.length - whole.length;
  expect(tail.stderr.split('\n').filter((line) => line.includes('skipped'))).toHaveLength(torn);
  expect(tail.code).toBe(130);
});

test('a plain tail of a folder in use is whole as well', async () => {
  const path = makeConversation(3);
  const { code, stdout } = await cli(['tail', path, '--json', '--meta']);
  expect([code, stdout.split('\n').length]).toEqual([0, 4]);
});

test('--until-done says that there is no status to wait for', async () => {
  const tail = new Tail(['--until-done', makeConversation(1)]);
  await tail.until(() => tail.stderr !== '');
  expect(tail.stderr).toBe(
    'convoscope: no execution_status in base_state.json yet; waiting for one\n',
  );
});

test('an events folder that appears as a link out is refused', async () => {
  const path = makeConversation(0);
  rmSync(join(path, 'events'), { recursive: true });
  writeFileSync(join(path, 'base_state.json'), '{}');
  const tail = new Tail(['-f', path]);
  await sleep(400);
  symlinkSync(join(makeConversation(2), 'events'), join(path, 'events'));
  await tail.ended;
  expect([tail.code, tail.stdout]).toEqual([2, '']);
  expect(tail.stderr).toContain('events is a link out of the conversation');
});
