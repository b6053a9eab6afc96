import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';
import { isDevice } from '../helpers/devices.ts';
import { run, spawnCli } from '../helpers/spawned.ts';
import { makeStory } from '../helpers/story.ts';
import { fixture } from '../helpers/views.ts';

const DAYS = fixture('1.58.2/days');

/** Runs a script in bash, where `$0 bin/convoscope.js` is the program, and `$1` and `$2` are arguments. */
const bash = (script: string, ...args: string[]) =>
  run('bash', ['-c', script, process.execPath, ...args]);

test('a reader that closes the pipe early is no error', async () => {
  // More than a pipe holds.
  const path = makeConversation(
    Array.from({ length: 400 }, (_, index) => messageEvent(index, 'x'.repeat(1000))),
  );
  const { stdout, stderr } = await bash(
    `"$0" bin/convoscope.js search "$1" | head -1; echo "\${PIPESTATUS[*]}"`,
    path,
  );
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(1)).toEqual(['0 0', '']);
});

describe.skipIf(!isDevice('/dev/full'))('on a full disk (where /dev/full is a device)', () => {
  test('a stderr that cannot be written does not change the exit code', async () => {
    const path = makeStory();
    writeFileSync(eventPath(path, 9), '{');
    const { stdout } = await bash(
      '"$0" bin/convoscope.js search "$1" 2>/dev/full; echo "$?"; "$0" bin/convoscope.js count nonexistent 2>/dev/full; echo "$?"',
      path,
    );
    expect(stdout.split('\n').slice(6)).toEqual(['3', '2', '']);
  });

  test('a stdout that cannot be written is reported in one line', async () => {
    const { stderr } = await bash(
      '"$0" bin/convoscope.js search "$1" >/dev/full; echo "$?" >&2',
      makeStory(),
    );
    expect(stderr).toBe("convoscope: can't write output: ENOSPC\n2\n");
  });

  test('export --out - is reported in one line', async () => {
    const { stderr } = await bash(
      '"$0" bin/convoscope.js export "$1" --out - >/dev/full; echo "$?" >&2',
      DAYS,
    );
    expect(stderr).toMatch(/^convoscope: [^\n]*ENOSPC[^\n]*\n2\n$/);
  });
});

test('export --out to a file that may not grow is reported in one line, and leaves no part of it', async () => {
  const folder = temporaryFolder();
  const { code, stderr } = await bash(
    'trap "" XFSZ; ulimit -f 1; "$0" bin/convoscope.js export "$1" --out "$2"',
    DAYS,
    join(folder, 'out.md'),
  );
  expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  expect(stderr).toMatch(/EFBIG/);
  expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('');
});

test('export --out writes to a pipe as it is, and to stdout for -', async () => {
  const pipe = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writing = spawnCli(['export', DAYS, '--out', pipe]);
  const read = readFileSync(pipe, 'utf8');
  expect((await writing).code).toBe(0);
  expect(read).toBe((await cli(['export', DAYS])).stdout);
  expect(statSync(pipe).isFIFO()).toBe(true);
  expect(await cli(['export', DAYS, '--out', '-'])).toMatchObject({ code: 0, stdout: read });
});

test('verify takes a manifest from a pipe', async () => {
  const path = makeConversation(4);
  const manifest = join(temporaryFolder(), 'seal.json');
  writeFileSync(manifest, (await cli(['seal', path])).stdout);
  const { stdout } = await bash(
    'cat "$2" | "$0" bin/convoscope.js verify "$1" --manifest /dev/stdin; echo $?',
    path,
    manifest,
  );
  expect(stdout).toMatch(/no problems found\n0\n$/);
});
