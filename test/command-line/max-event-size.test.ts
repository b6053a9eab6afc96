import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { anHourLater } from '../helpers/clock.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';

const MIB = 1024 * 1024;

/** A conversation of three messages, of which one has a text of so many bytes. */
function withText(bytes: number): string {
  const path = makeConversation(3);
  const event = messageEvent(1, 'x'.repeat(bytes));
  writeFileSync(eventPath(path, 1), JSON.stringify(event));
  return path;
}

test.each([
  '0',
  '-5',
  'big',
  '1TB',
  '1e6',
  '',
  '0x10',
  '1 0MB',
  'MB',
  'Infinity',
  '0.0001kB',
  '9e99',
])('--max-event-size %j is refused', async (value) => {
  const args = ['count', withText(1), '-k', 'message', `--max-event-size=${value}`];
  const { code, stderr } = await cli(args);
  expect(code).toBe(2);
  expect(stderr).toContain('--max-event-size');
});

test.each(['70000000', '70MB', '70mb', '67MiB', '67M', '0.07GB', '1GiB', '4GiB'])(
  '--max-event-size %s lifts the limit on all commands',
  async (value) => {
    const path = withText(66 * MIB);
    const more = ['--max-event-size', value, '--no-cache'];
    const counted = await cli(['count', path, '-k', 'message']);
    expect([counted.code, counted.stdout]).toEqual([3, '2\n']);
    expect(counted.stderr).toContain('oversized-file');
    expect(await cli(['count', path, '-k', 'message', ...more])).toMatchObject({
      code: 0,
      stdout: '3\n',
    });
    if (value !== '70MB') return;
    for (const command of [
      ['search', path, 'xxx', '-o', 'paths'],
      ['tail', path, '-n', '2', '-o', 'paths'],
      ['stats', path],
      ['calls', path],
      ['show', path, '1', '--raw'],
    ]) {
      expect((await cli(command)).code).toBe(3);
      expect((await cli([...command, ...more])).code).toBeLessThan(2);
    }
    expect((await cli(['verify', path])).stdout).toContain('oversized-file');
    expect((await cli(['verify', path, ...more])).stdout).not.toContain('oversized-file');
  },
);

test('a lower limit is respected, and the message names it', async () => {
  const path = withText(5000);
  const { code, stderr } = await cli(['search', path, '--max-event-size', '2kB']);
  expect(code).toBe(3);
  expect(stderr).toMatch(/oversized-file: larger than 2000 bytes \(\d+ bytes\), not read/);
});

test('an index kept with one limit does not answer under another one', async () => {
  const path = withText(66 * MIB);
  anHourLater();
  const cache = temporaryFolder();
  const count = async (...more: string[]) => {
    const { code, stdout } = await cli([
      'count',
      path,
      '-k',
      'message',
      '--cache-dir',
      cache,
      ...more,
    ]);
    return [code, stdout.trim()];
  };
  for (let twice = 0; twice < 2; twice++) {
    expect(await count('--max-event-size', '100MB')).toEqual([0, '3']);
    expect(await count()).toEqual([3, '2']);
    expect(await count('--max-event-size', '300')).toEqual([3, '2']);
    expect(await count('--max-event-size', '100')).toEqual([3, '0']);
  }
});

test('a structure that is too complex is refused, unless the limit is lifted', async () => {
  const path = makeConversation(1);
  const action = `[${Array(2 * MIB)
    .fill('[]')
    .join()}]`;
  writeFileSync(eventPath(path, 0), `{"kind":"ActionEvent","action":${action}}`);
  anHourLater();
  const cache = ['--cache-dir', temporaryFolder()];
  for (let twice = 0; twice < 2; twice++) {
    const refused = await cli(['count', path, '-k', 'action', ...cache]);
    expect([refused.code, refused.stdout]).toEqual([3, '0\n']);
    expect(refused.stderr).toContain(
      'too-complex: would take over 128 MiB of memory once parsed, not parsed',
    );
    const lifted = await cli([
      'count',
      path,
      '-k',
      'action',
      '--max-event-size',
      '150MB',
      ...cache,
    ]);
    expect([lifted.code, lifted.stdout]).toEqual([0, '1\n']);
  }
});

test('no text can be longer than what Node can hold, whatever the limit is', async () => {
  const path = makeConversation(2);
  truncateSync(eventPath(path, 1), 600 * MIB);
  const { code, stderr } = await cli(['search', path, 'message', '--max-event-size', '1GiB']);
  expect(code).toBe(3);
  expect(stderr).toContain('oversized-file');
});
