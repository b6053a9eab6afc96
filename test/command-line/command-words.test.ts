import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';

test.each([
  [['--json', 'search', '@', 'message']],
  [['-o', 'json', 'search', '@', 'message']],
  [['--output=json', 'search', '@', 'message']],
  [['-qo', 'json', 'search', '@', 'message']],
  [['--root', 'search', '--json', 'search', '@', 'message']],
  [['-k', 'message', '--json', 'search', '@', '-n', '9']],
])('options before the command are as those behind it: %j', async (words) => {
  const path = makeConversation(3);
  const args = words.map((word) => (word === '@' ? path : word));
  const usual = await cli(['search', path, 'message', '--json']);
  expect(await cli(args)).toEqual(usual);
  expect(JSON.parse(usual.stdout).items).toHaveLength(3);
});

test('the value of an option before the command is not the command', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'ls'));
  makeConversation(2, undefined, join(root, 'ls'));
  const { code, stdout } = await cli(['--root', 'ls', 'count', 'c0ff'], { cwd: root });
  expect([code, stdout]).toEqual([0, '2\n']);
});

const IN_PLACE = 'a command is needed before the conversation: convoscope';

test.each([
  [
    ['--json'],
    '--json: a command is needed before its options, as in search @latest --json; --help lists the commands',
  ],
  [
    ['--bogus', 'search', 'x'],
    '--bogus: not an option of search; convoscope search --help lists those that it has',
  ],
  [
    ['--jobs', 'x', 'count'],
    "option '--jobs <n>' argument 'x' is invalid. A whole number from 1 to 1024 is needed.",
  ],
  [['0535c419'], new RegExp(`^0535c419: ${IN_PLACE} \\w+ 0535c419 \\(or `)],
  [['./some where'], new RegExp(`^./some where: ${IN_PLACE} \\w+ './some where' \\(or `)],
  [['@latest', '--json'], new RegExp(`^@latest: ${IN_PLACE} \\w+ @latest \\(or `)],
  [['serach'], "unknown command 'serach' (Did you mean search?)"],
  [
    ['verify', '--explain', 'index-gaps'],
    /^--explain index-gaps: no such finding code \(did you mean index-gap\?\); the codes are empty-file, /,
  ],
  [
    ['verify', '--explain', 'nothing-like-it'],
    /^--explain nothing-like-it: no such finding code; the codes are empty-file, /,
  ],
  [
    ['verify', '--only', 'truncated-jsn'],
    '--only truncated-jsn: no such finding code (did you mean truncated-json?)',
  ],
])('%j is answered with what to write instead', async (args, message) => {
  const { code, stdout, stderr } = await cli(args, { cwd: temporaryFolder() });
  expect([code, stdout]).toEqual([2, '']);
  const [, text] = /^convoscope: ([^\n]*)\n$/.exec(stderr)!;
  if (typeof message === 'string') expect(text).toBe(message);
  else expect(text).toMatch(message);
});

test('a folder in place of a command is answered with a command', async () => {
  const path = makeConversation(1);
  const { code, stderr } = await cli(['c0ffee00c0ffee00c0ffee00c0ffee00'], {
    cwd: join(path, '..'),
  });
  expect([code, stderr]).toEqual([2, expect.stringContaining(IN_PLACE)]);
});
