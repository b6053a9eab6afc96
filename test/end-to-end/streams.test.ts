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

/** Runs a command that writes to a descriptor of the shell, between two lines that the shell writes there. */
async function between(redirection: string, command: string): Promise<string> {
  const file = join(temporaryFolder(), 'all.txt');
  writeFileSync(file, 'before\n');
  const script = `{ echo first; "$0" bin/convoscope.js ${command}; echo last; } ${redirection}`;
  await bash(script.replaceAll('FILE', '"$2"'), makeConversation(3), file);
  return readFileSync(file, 'utf8');
}

describe('a report for a descriptor is written where it stands, and replaces no file', () => {
  test.each([
    ['> FILE', 'verify "$1" --report sarif=/dev/stdout', /^first\n[\s\S]*"2.1.0"[\s\S]*\nlast\n$/],
    [
      '>> FILE',
      'verify "$1" --report sarif=/dev/fd/1',
      /^before\nfirst\n[\s\S]*"2.1.0"[\s\S]*\nlast\n$/,
    ],
    ['> FILE', 'export "$1" --out /dev/stdout', /^first\n[\s\S]*message 2[\s\S]*\nlast\n$/],
    [
      '>> FILE',
      'export "$1" --out /proc/self/fd/1',
      /^before\nfirst\n[\s\S]*message 2[\s\S]*last\n$/,
    ],
    [
      '3>> FILE >&3',
      'export "$1" --out /dev/fd/3',
      /^before\nfirst\n[\s\S]*message 2[\s\S]*last\n$/,
    ],
  ])('%s %s', async (redirection, command, expected) => {
    expect(await between(redirection, command)).toMatch(expected);
  });

  test('a descriptor that is not open', async () => {
    const { code, stderr } = await cli(['export', DAYS, '--out', '/dev/fd/987']);
    expect([code, stderr]).toEqual([
      2,
      'convoscope: --out /dev/fd/987: this file descriptor is not open\n',
    ]);
  });
});

describe.skipIf(!isDevice('/dev/full'))('an error of writing names the option and the file', () => {
  test.each([
    ['verify', '--report', 'junit=/dev/full', '--report junit=/dev/full'],
    ['export', '--out', '/dev/full', '--out /dev/full'],
    ['export', '--redact-report', '/dev/full', '--redact-report /dev/full'],
  ])('%s %s %s', async (command, option, value, named) => {
    const { code, stderr } = await cli([command, DAYS, option, value]);
    expect(code).toBe(2);
    expect(stderr).toContain(`convoscope: ${named}: can't be written (ENOSPC)\n`);
  });
});
