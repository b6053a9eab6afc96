import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
  writeState,
} from '../helpers/conversation.ts';
import { isDevice } from '../helpers/devices.ts';

async function makeSealed(): Promise<{ path: string; manifest: string }> {
  const path = makeConversation(4);
  const manifest = join(temporaryFolder(), 'seal.json');
  writeFileSync(manifest, (await cli(['seal', path])).stdout);
  return { path, manifest };
}

async function changes(path: string, manifest: string): Promise<string[]> {
  const { stdout } = await cli([
    'verify',
    path,
    '--manifest',
    manifest,
    '-o',
    'ndjson',
    '--only',
    'modified-file,missing-file,inserted-file,appended',
  ]);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { code, severity, file } = JSON.parse(line);
      return `${severity} ${code} ${file.replace(/(event-\d{5})-.*-(\d{12})\.json/, '$1-$2')}`;
    });
}

test('a seal covers every file, and a note says that the conversation is being written to', async () => {
  const { code, stdout, stderr } = await cli(['seal', makeConversation(2)]);
  const { files, digest, conversation } = JSON.parse(stdout);
  expect([code, conversation]).toEqual([0, { id: 'c0ffee00c0ffee00c0ffee00c0ffee00' }]);
  expect(files.map(({ path }: { path: string }) => path.slice(0, 18))).toEqual([
    'base_state.json',
    'events/event-00000',
    'events/event-00001',
  ]);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(stderr).toMatch(/^convoscope: an agent may be writing to the conversation: [^\n]*\n$/);
});

const CASES: [string, (path: string) => unknown, string[]][] = [
  ['untouched', () => {}, []],
  [
    'edited',
    (path) => writeEvent(path, 1, { ...messageEvent(1), sender: 'x' }),
    ['error modified-file events/event-00001-000000000001'],
  ],
  [
    'state edited',
    (path) => writeState(path, { max_iterations: 5 }),
    ['error modified-file base_state.json'],
  ],
  [
    'removed',
    (path) => rmSync(eventPath(path, 3)),
    ['error missing-file events/event-00003-000000000003'],
  ],
  [
    'renamed',
    (path) => renameSync(eventPath(path, 3), eventPath(path, 3, 'abcdef01')),
    [
      'error missing-file events/event-00003-000000000003',
      'error inserted-file events/event-00003-abcdef01.json',
    ],
  ],
  [
    'inserted',
    (path) => writeFileSync(eventPath(path, 1, 'abcdef01'), '{}'),
    ['error inserted-file events/event-00001-abcdef01.json'],
  ],
  [
    'an unrecognized file',
    (path) => writeFileSync(join(path, 'notes.txt'), ''),
    ['error inserted-file notes.txt'],
  ],
  [
    'appended to',
    (path) => [
      writeEvent(path, 4, messageEvent(4)),
      writeState(path, { max_iterations: 5 }),
      mkdirSync(join(path, 'observations')),
      writeFileSync(join(path, 'observations/1.txt'), 'x'),
    ],
    ['info appended events/event-00004-000000000004'],
  ],
  [
    'a file and a link',
    (path) => [writeFileSync(join(path, 'x'), ''), symlinkSync('x', join(path, 'y'))],
    ['error inserted-file x', 'error inserted-file y'],
  ],
  [
    'appended to with a gap',
    (path) => writeEvent(path, 6, messageEvent(6)),
    ['error inserted-file events/event-00006-000000000006'],
  ],
  [
    'appended to, and more',
    (path) => [
      writeEvent(path, 4, messageEvent(4)),
      writeFileSync(join(path, 'evil.sh'), ''),
      mkdirSync(join(path, 'foo')),
      writeFileSync(join(path, 'foo/event-00000-aaaaaaaa.json'), '{}'),
    ],
    [
      'error inserted-file evil.sh',
      'error inserted-file foo/event-00000-aaaaaaaa.json',
      'info appended events/event-00004-000000000004',
    ],
  ],
  [
    'odd hidden files',
    (path) => [
      writeFileSync(join(path, '.x.tmp'), ''),
      writeFileSync(join(path, 'events/.eventlogXX'), ''),
      mkdirSync(join(path, '.t.tmp')),
      writeFileSync(join(path, '.t.tmp/a'), ''),
    ],
    [
      'error inserted-file .t.tmp/a',
      'error inserted-file .x.tmp',
      'error inserted-file events/.eventlogXX',
    ],
  ],
  ['a FIFO', (path) => execFileSync('mkfifo', [join(path, 'pipe')]), ['error inserted-file pipe']],
  [
    'locks and leases',
    (path) =>
      ['.eventlog.lock', '.eventlog-len-4.marker'].map((name) =>
        writeFileSync(join(path, 'events', name), ''),
      ),
    [],
  ],
];

describe('verify with a manifest', () => {
  test.each(CASES)('%s', async (_, change, expected) => {
    const { path, manifest } = await makeSealed();
    change(path);
    expect(await changes(path, manifest)).toEqual(expected);
  });

  test('a copy of it elsewhere', async () => {
    const { path, manifest } = await makeSealed();
    const copy = join(temporaryFolder(), 'copy');
    cpSync(path, copy, { recursive: true });
    expect(await changes(copy, manifest)).toEqual([]);
  });
});

test.each([
  [
    'a manifest that was changed',
    (text: string) => text.replace(/"size":\d+/, '"size":1'),
    'the manifest itself was changed',
  ],
  ['something else', () => '{}', 'not a manifest that convoscope seal wrote'],
  ['no JSON', () => 'seal', 'the manifest is not JSON'],
])('%s is reported in one line', async (_, spoil, why) => {
  const { path, manifest } = await makeSealed();
  writeFileSync(manifest, spoil((await cli(['seal', path])).stdout));
  const { code, stdout, stderr } = await cli(['verify', path, '--manifest', manifest]);
  expect([code, stdout, stderr]).toEqual([2, '', `convoscope: ${manifest}: ${why}\n`]);
});

test('a file replaced by a link to the same text is modified', async () => {
  const path = makeConversation(1);
  writeFileSync(join(path, 'note'), 'events');
  const manifest = join(temporaryFolder(), 'seal.json');
  writeFileSync(manifest, (await cli(['seal', path])).stdout);
  rmSync(join(path, 'note'));
  symlinkSync('events', join(path, 'note'));
  expect(await changes(path, manifest)).toEqual(['error modified-file note']);
});

test('a renamed copy with subagents matches its manifest', async () => {
  const path = makeConversation(2);
  makeConversation(2, '2'.repeat(32), join(path, 'subagents'));
  const manifest = join(temporaryFolder(), 'seal.json');
  writeFileSync(manifest, (await cli(['seal', path])).stdout);
  const copy = join(temporaryFolder(), 'copy');
  renameSync(path, copy);
  expect(await changes(copy, manifest)).toEqual([]);
});

test('a manifest can be a link to a file, but not a device or a folder', async () => {
  const { path, manifest } = await makeSealed();
  symlinkSync(manifest, `${manifest}.link`);
  expect(await changes(path, `${manifest}.link`)).toEqual([]);
  for (const file of [...['/dev/zero'].filter(isDevice), path, '/nonexistent']) {
    const { code, stderr } = await cli(['verify', path, '--manifest', file]);
    expect([code, stderr]).toEqual([
      2,
      `convoscope: ${file}: not a regular file, so not a manifest\n`,
    ]);
  }
});
