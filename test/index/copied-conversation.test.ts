import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';

const shell = (script: string, ...args: string[]) =>
  execFileSync('sh', ['-ec', script, 'sh', ...args], { stdio: 'pipe' });

/** Ways to complete a copy, each of which restores the modification times. `$1` is the source, `$2` the copy. */
const COMPLETIONS: Record<string, string> = {
  tar: '(cd "$1" && tar -cf - .) | tar -xpf - -C "$2"',
  'cp -a': 'cp -a "$1"/. "$2"',
  'cp -al (hard links)': 'cp -alf "$1"/. "$2"',
  'cp, then touch -r':
    'cd "$1"; cp events/* "$2"/events; for f in events/* events; do touch -r $f "$2"/$f; done',
  'a renamed copy': 'rm -r "$2/events"; cp -a "$1/events" "$2/other"; mv "$2/other" "$2/events"',
};

describe('a copy that was interrupted when its index was kept', () => {
  test.each(Object.keys(COMPLETIONS))('is seen whole once it is completed by %s', async (how) => {
    const { path: source } = makeOldConversation(30);
    const copy = join(temporaryFolder(), 'copy');
    const cache = temporaryFolder();
    // The clock of this process is an hour ahead, so that the index trusts what was copied just now.
    shell(
      'mkdir -p "$2/events"; cp -a "$1"/events/event-0000* "$2/events"; touch -r "$1/events" "$2/events"',
      source,
      copy,
    );
    const answers = async (...more: string[]) => {
      const args = [...more, '--cache-dir', cache];
      const counted = await cli(['count', copy, '--by', 'kind', ...args]);
      const found = await cli(['search', copy, 'needle', '-o', 'paths', ...args]);
      const listed = await cli(['ls', join(copy, '..'), '--json', ...args]);
      return [
        counted.stdout,
        (await cli(['count', copy, ...args])).stdout,
        found.stdout,
        listed.stdout,
      ];
    };
    for (let twice = 0; twice < 2; twice++)
      expect(await answers()).toEqual(await answers('--no-cache'));
    const before = statSync(join(copy, 'events'));
    shell(COMPLETIONS[how]!, source, copy);
    expect(statSync(join(copy, 'events')).mtimeMs).toBe(before.mtimeMs);
    expect(readdirSync(join(copy, 'events'))).toHaveLength(30);
    expect(await answers()).toEqual(await answers('--no-cache'));
  });
});

describe('a file edited in place, with its modification time restored', () => {
  const edit = (path: string, index: number) => {
    const file = eventPath(path, index);
    const { atime, mtime, size } = statSync(file);
    const text = JSON.stringify({ ...messageEvent(index, 'EDITED'), kind: 'Other' });
    writeFileSync(file, text.padEnd(size));
    utimesSync(file, atime, mtime);
    expect(statSync(file).size).toBe(size);
  };

  test.each([
    ['search', 'EDITED', '-o', 'paths'],
    ['tail', '-n', '12', '--fields', 'kind', '-o', 'ndjson'],
    ['show', '7', '--json'],
    ['stats', '--json'],
    ['calls', '--json'],
    ['count', '-t', 'EDITED'],
    ['count', '-w', 'kind=Other'],
  ])('is noticed by %s %s', async (command, ...args) => {
    const { path } = makeOldConversation(12);
    const cache = ['--cache-dir', temporaryFolder()];
    for (let twice = 0; twice < 2; twice++) await cli(['count', path, '-k', 'action', ...cache]);
    edit(path, 7);
    const cached = await cli([command!, path, ...args, ...cache]);
    expect(cached).toEqual(await cli([command!, path, ...args, '--no-cache']));
  });
});

test('a conversation replaced by another one of the same times is noticed', async () => {
  const { path } = makeOldConversation(12);
  const other = makeConversation(12, 'other');
  const cache = ['--cache-dir', temporaryFolder()];
  const count = (...more: string[]) => cli(['count', path, '-k', 'message', ...more]);
  await count(...cache);
  const { atime, mtime } = statSync(join(path, 'events'));
  rmSync(join(path, 'events'), { recursive: true });
  renameSync(join(other, 'events'), join(path, 'events'));
  utimesSync(join(path, 'events'), atime, mtime);
  expect(await count(...cache)).toEqual(await count('--no-cache'));
  expect((await count(...cache)).stdout).toBe('12\n');
});
