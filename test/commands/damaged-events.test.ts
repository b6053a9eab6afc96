import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { DAMAGED_NAME, expectSkipped } from '../helpers/skipped.ts';

/** Damage to one event file, and the code that it must be reported under. */
const DAMAGE: [string, string, (file: string) => unknown][] = [
  ['emptied', 'empty-file', (file) => truncateSync(file, 0)],
  ['cut', 'truncated-json', (file) => truncateSync(file, readFileSync(file).length - 1)],
  [
    'made invalid UTF-8',
    'invalid-utf8',
    (file) => writeFileSync(file, Buffer.from('7b2261223a22c328227d', 'hex')),
  ],
  ['broken', 'invalid-json', (file) => writeFileSync(file, '{"a" 1}')],
  ['followed by bytes', 'trailing-bytes', (file) => writeFileSync(file, '{"a":1}\0\0')],
  ['replaced by a list', 'not-an-object', (file) => writeFileSync(file, '[]')],
  ['replaced by a folder', 'not-a-file', (file) => [rmSync(file), mkdirSync(file)]],
  ['turned into a FIFO', 'not-a-file', (file) => [rmSync(file), execFileSync('mkfifo', [file])]],
  [
    'replaced by a link away',
    'linked-file',
    (file) => [rmSync(file), symlinkSync('/etc/passwd', file)],
  ],
  [
    'replaced by a link to itself',
    'unreadable-file',
    (file) => [rmSync(file), symlinkSync(file, file)],
  ],
  ['a gigabyte', 'oversized-file', (file) => truncateSync(file, 1024 ** 3)],
];

function makeDamaged(spoil: (file: string) => unknown): string {
  const path = makeConversation(3);
  spoil(eventPath(path, 1));
  return path;
}

test.each(DAMAGE)(
  'with an event file %s, commands report %s and answer the rest',
  async (_, fault, spoil) => {
    const path = makeDamaged(spoil);
    const search = await cli(['search', path, '--json']);
    expectSkipped(search, fault);
    expect(JSON.parse(search.stdout).items.map(({ id }: { id: string }) => id)).toEqual([
      idOf(0),
      idOf(2),
    ]);
    const count = await cli(['count', path, '-k', 'message', '--json']);
    expectSkipped(count, fault);
    expect(JSON.parse(count.stdout).count).toBe(2);
    const tail = await cli(['tail', path, '-n', '2', '--json', '--fields', 'id']);
    expect([tail.code, tail.stdout]).toEqual([3, `{"id":"${idOf(0)}"}\n{"id":"${idOf(2)}"}\n`]);
    expect(tail.stderr).toContain(`skipped events/${DAMAGED_NAME}: ${fault}`);
  },
);

test.each(DAMAGE)('verify: a file %s is %s', async (_, fault, spoil) => {
  const path = makeDamaged(spoil);
  const { code, stdout } = await cli(['verify', path, '--json']);
  const [{ findings }] = JSON.parse(stdout).conversations;
  expect(findings.map((finding: { code: string }) => finding.code)).toEqual([fault]);
  expect(code).toBe(findings[0].severity === 'error' ? 1 : 0);
});

test('a damaged event that its name rules out is not reported', async () => {
  const path = makeDamaged((file) => truncateSync(file, 0));
  for (const filter of [
    ['--index', '2..'],
    ['--id', idOf(2)],
  ]) {
    expect(await cli(['search', path, ...filter])).toMatchObject({ code: 0, stderr: '' });
  }
});

test('exits with 3 where a match may be in an event that could not be read', async () => {
  const path = makeDamaged((file) => truncateSync(file, 0));
  expect(await cli(['search', path, 'unheard of'])).toMatchObject({ code: 3, stdout: '' });
});

test('nothing is ever written inside a conversation', async () => {
  const path = makeConversation(3);
  const files = () =>
    readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => {
      const { size, mtimeMs, ctimeMs } = statSync(join(path, name));
      return [name, size, mtimeMs, ctimeMs];
    });
  utimesSync(path, 1e9, 1e9);
  const before = files();
  for (const command of ['search', 'count', 'tail', 'verify']) {
    for (const extra of [[], ['--json'], ['-v']]) await cli([command, path, ...extra]);
  }
  expect(files()).toEqual(before);
});

test('control characters in a file name are escaped', async () => {
  const path = makeConversation(1);
  writeFileSync(join(path, 'events', 'evil\n\u001b[31m.json'), '{}');
  const { stdout } = await cli(['verify', path]);
  expect(stdout).toContain('events/evil\\x0a\\x1b[31m.json');
});

test('a deeply nested event is read like any other', async () => {
  const path = makeConversation(1);
  const deep = `{"kind":"X","id":"${idOf(1)}","value":${'['.repeat(100_000)}"bottom"${']'.repeat(100_000)}}`;
  writeFileSync(eventPath(path, 1), deep);
  const { code, stdout } = await cli(['search', path, 'bottom', '-o', 'ndjson']);
  expect([code, stdout]).toEqual([0, `${deep}\n`]);
  for (const args of [
    ['-o', 'text'],
    ['-o', 'table'],
    ['-w', 'value.a=1'],
    ['--fields', 'value', '--json'],
  ]) {
    expect([0, 1]).toContain((await cli(['search', path, ...args])).code);
  }
  // The SDK's own parser takes 200 levels.
  expect((await cli(['verify', path])).stdout).toContain('nested deeper than the 200 levels');
});
