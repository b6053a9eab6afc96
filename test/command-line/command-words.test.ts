import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { makeCompletionRoot, TWO } from '../helpers/completion-root.ts';
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
    ['-n5'],
    '-n5: a command is needed before its options, as in search @latest -n5; --help lists the commands',
  ],
  [
    ['--explain=index-gap'],
    '--explain=index-gap: a command is needed before its options, as in verify --explain=index-gap; --help lists the commands',
  ],
  [['-x'], '-x: a command is needed, and none has this option; --help lists the commands'],
  [
    ['--limit', 'ls'],
    '--limit: not understood before ls; write options behind the command, each with its value',
  ],
  [
    ['--json', '--limt', '5', 'search'],
    '--limt: not an option of search (did you mean --limit?); convoscope search --help lists those that it has',
  ],
  [['search', '--failed'], '--failed: not an option of search, but of calls'],
  [['count', '--limit=5'], '--limit=5: not an option of count, but of search, ls, calls'],
  [['search', '--limt', '5'], "unknown option '--limt' (Did you mean --limit?)"],
  [['verify', '--only', 'gap'], '--only gap: no such finding code (did you mean index-gap?)'],
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

test('a title in place of a command is answered with a command and the id', async () => {
  const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: makeCompletionRoot() });
  const said = async (...args: string[]) => (await cli(args, { env })).stderr;
  expect(await said('Fix\tthe')).toContain(`${IN_PLACE} why ${TWO} (or `);
  expect(await said('MESSAGE')).toContain(IN_PLACE); // the user's first words
  expect(await said('last written')).toBe("convoscope: unknown command 'last written'\n");
  expect(await said('Fix')).toBe("convoscope: unknown command 'Fix'\n"); // too short
});

const HELD = [
  ['-n5', '-n', '5'],
  ['--limit=5', '--limit', '5'],
];

test.each(HELD)('%s before the command is as %s %s behind it', async (joined, option, value) => {
  const path = makeConversation(9);
  const usual = await cli(['search', path, '--json', option, value]);
  expect(JSON.parse(usual.stdout).items).toHaveLength(5);
  expect(await cli([joined, 'search', path, '--json'])).toEqual(usual);
  expect(await cli([option, value, '--json', 'search', path])).toEqual(usual);
});

test('ls takes --subagents as the other commands do', async () => {
  const root = join(makeConversation(2), '..');
  const tree = await cli(['ls', root, '--tree', '--json']);
  expect(await cli(['ls', root, '--subagents', '--json'])).toEqual(tree);
  expect(JSON.parse(tree.stdout).items[0].depth).toBe(0);
});
