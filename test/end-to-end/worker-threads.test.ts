import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { TRUST_AGES } from '../../src/index/trust-ages.ts';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { isExhaustive, sample } from '../helpers/sweep.ts';

/*
 * From 4,000 files on, worker threads take part. They must answer as one thread does that reads one file after another.
 */
const MANY = 4600;
const KINDS = ['ActionEvent', 'ObservationEvent', 'MessageEvent'];

function makeMany(): string {
  const path = makeConversation(
    Array.from({ length: MANY }, (_, at) => ({
      ...messageEvent(at, at % 500 === 7 ? 'a QUICK fox' : `hay ${at}`),
      kind: KINDS[at % 3],
      ...(at % 2 && { tool_name: 'terminal' }),
    })),
    'c0ffee00c0ffee00c0ffee00c0ffee00',
    root,
  );
  truncateSync(eventPath(path, 40), 30);
  writeFileSync(eventPath(path, 1500), '');
  writeFileSync(eventPath(path, 3000), '{"a":"qu\\u0069ck f\\u006fx","kind":"ActionEvent"}');
  rmSync(eventPath(path, 2000));
  execFileSync('mkfifo', [eventPath(path, 2000)]);
  rmSync(eventPath(path, 2500));
  mkdirSync(eventPath(path, 2500));
  rmSync(eventPath(path, 4500));
  symlinkSync('/etc/hostname', eventPath(path, 4500));
  for (let at = 0; at < MANY; at++) {
    if (at !== 4500) utimesSync(eventPath(path, at), 1e9 + at, 1e9 + at);
  }
  utimesSync(join(path, 'events'), 1e9, 1e9);
  return path;
}

let root: string;
let path: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'convoscope-'));
  path = makeMany();
  return () => rmSync(root, { recursive: true });
});

const opened = (stderr: string) => Number(/(\d+) opened/.exec(stderr)?.[1]);

const COMMANDS = [
  [['count', '-k', 'action']],
  [['count', '--by', 'tool', '--json']],
  [['count', '-t', 'quick']],
  [['search', '-t', 'Quick Fox', '--json']],
  [['search', 'fox', '-k', 'action', '-o', 'ndjson']],
  [['search', '-e', 'f.x$', '-o', 'paths']],
  [['search', '-k', 'action', '--limit', '3', '--page', '00000000-0000-4000-8000-000000000100']],
  [['tail', '-n', '7', '-t', 'fox']],
  [['count', '-w', 'llm_message.role=user']],
];

describe('worker threads answer as one thread does', () => {
  test.each(sample(COMMANDS, 3))('%j', async ([command, ...args]) => {
    const all = [command!, path, ...args];
    const cache = temporaryFolder();
    const plain = await cli([...all, '--no-cache', '--jobs', '1']);
    expect(plain.code).toBe(3);
    expect(await spawnCli([...all, '--no-cache'])).toEqual(plain);
    for (let run = 0; run < (isExhaustive ? 3 : 2); run++) {
      expect(await spawnCli([...all, '--cache-dir', cache])).toEqual(plain);
    }
  });

  test('each file is opened once, or not at all where an index knows it', async () => {
    const cache = temporaryFolder();
    const args = ['count', path, '-k', 'action', '-v', '--cache-dir', cache];
    await sleep(TRUST_AGES.writerDoneAfterMs + 500); // so that the index can be trusted
    const first = await spawnCli(args);
    // The half-written and the empty one are looked at by a helper, and again to say what is wrong.
    expect(opened(first.stderr)).toBeLessThanOrEqual(MANY - 3 + 2);
    expect(opened((await spawnCli(args)).stderr)).toBe(2);
    const text = await spawnCli(['search', path, 'fox', '-q', '-v', '--cache-dir', cache]);
    expect(text.stderr).toMatch(/ 1[0-9] parsed/);
  });

  test('a file that was changed in place is read again when texts are searched', async () => {
    const cache = temporaryFolder();
    await spawnCli(['count', path, '-k', 'action', '--cache-dir', cache]);
    writeEvent(path, 10, { ...messageEvent(10, 'a fox indeed'), kind: 'Changed' });
    const args = ['search', path, 'fox indeed', '-o', 'ndjson', '--fields', 'kind'];
    expect((await spawnCli([...args, '--cache-dir', cache])).stdout).toBe('{"kind":"Changed"}\n');
  });
});

test('many conversations are verified by all threads, and printed in the same order', async () => {
  const many = temporaryFolder();
  for (let at = 0; at < 40; at++) {
    const id = String(at).padStart(32, '0');
    const one = makeConversation(at % 5, id, many);
    if (at % 7 === 0) writeFileSync(eventPath(one, 9), '{');
    if (at === 13) symlinkSync('/etc', join(many, 'elsewhere'));
    if (at === 20) {
      rmSync(join(one, 'events'), { recursive: true });
      symlinkSync('/tmp', join(one, 'events')); // leads out: it can't be verified
    }
  }
  for (const format of sample(['json', 'text', 'junit'], 1)) {
    const plain = await cli(['verify', many, '-o', format, '--assume-idle', '--jobs', '1']);
    expect(plain.code).toBe(2);
    const shared = await spawnCli(['verify', many, '-o', format, '--assume-idle']);
    expect({ ...shared, stdout: timeless(shared.stdout) }).toEqual({
      ...plain,
      stdout: timeless(plain.stdout),
    });
  }
});

/** JUnit contains the time of the run, and how long it took. */
const timeless = (text: string) => text.replaceAll(/ time(?:stamp)?="[^"]*"/g, '');
