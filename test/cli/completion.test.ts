import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { complete, hasShell, SHELLS } from '../helpers/shell.ts';

const ONE = '11111111aaaa4bbb8ccc000000000001';
const TWO = '11112222aaaa4bbb8ccc000000000002';
const HOSTILE = [
  '$(touch pwned)',
  '`touch pwned`',
  'a;touch pwned;',
  'new\nline',
  'a b',
  '\u001b[31mred',
];

/** A root of two conversations, the first one older, and of others whose names are no ids. */
function makeRoot(): string {
  const root = temporaryFolder();
  const one = makeConversation(1, ONE, root);
  for (const part of ['.', 'events', 'base_state.json']) utimesSync(join(one, part), 1e9, 1e9);
  const two = makeConversation(2, TWO, root);
  writeFileSync(join(two, 'meta.json'), JSON.stringify({ title: 'Fix\tthe\n\u001b[31mtests' }));
  for (const name of HOSTILE) makeConversation(1, name, root);
  return root;
}

/** What the scripts are told: what the shell is to add, and the candidates. */
async function candidates(...words: string[]): Promise<{ paths: string; values: string[] }> {
  const root = makeRoot();
  const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: root });
  const args = ['__complete', '--', 'convoscope', ...words.map((word) => word.replace('@', root))];
  const { code, stdout, stderr } = await cli(args, { env });
  expect([code, stderr]).toEqual([0, '']);
  const [paths = '', ...lines] = stdout.trimEnd().split('\n');
  return { paths, values: lines.map((line) => line.split('\t')[0]!) };
}

test.each([
  [['c'], 'none', ['calls', 'count', 'cache', 'completion']],
  [['--v'], 'none', ['--version']],
  [['search', ''], 'folders', [TWO, ONE, '@latest']],
  [['search', '1111111'], 'folders', [ONE]],
  [['search', '--root', '@', '1111222'], 'folders', [TWO]],
  [['search', '--root', '/nowhere', '1'], 'folders', []],
  [['search', '1111', 'x'], 'none', []],
  [['verify', ONE, '11112'], 'folders', [TWO]],
  [['search', '-k', 'acti'], 'none', ['action']],
  [['search', '-k', 'action,m'], 'none', ['action,message']],
  [['search', '-qk', 'hoo'], 'none', ['hook']],
  [['search', '--source=us'], 'none', ['--source=user']],
  [['search', '-o', ''], 'none', ['text', 'table', 'json', 'ndjson', 'paths']],
  [['search', '-o', 'nonsense', ''], 'none', []],
  [['count', '--by', 't'], 'none', ['tool']],
  [['count', '--ro'], 'none', ['--root']],
  [['count', '--', '--ro'], 'folders', []],
  [['count', '--root', ''], 'folders', []],
  [['verify', '--manifest', ''], 'files', []],
  [['verify', '--explain', 'index'], 'none', ['index-gap']],
  [['verify', '--only', 'index-gap,trunc'], 'none', ['index-gap,truncated-json']],
  [['verify', '--severity', 'index-gap=w'], 'none', ['index-gap=warning']],
  [['tail', '--tz', 'Europe/Berl'], 'none', ['Europe/Berlin']],
  [['help', 'ver'], 'none', ['verify']],
  [['completion', ''], 'none', ['bash', 'zsh', 'fish']],
  [['bogus', ''], 'none', []],
])('%j is completed', async (words, paths, values) => {
  expect(await candidates(...words)).toEqual({ paths, values });
});

test('a candidate is one line, and says what it stands for', async () => {
  const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: makeRoot() });
  const { stdout } = await cli(['__complete', '--', 'convoscope', 'count', '1'], { env });
  expect(stdout).toBe(
    `folders\n${TWO}\tFix the \\x1b[31mtests\n${ONE}\tlast written 2001-09-09 01:46Z\n`,
  );
});

test('a shell that there is no script for is told in one line', async () => {
  const { code, stderr } = await cli(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([
    2,
    "convoscope: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n",
  ]);
});

describe.each(SHELLS)('%s', (shell) => {
  test.skipIf(!hasShell(shell))(`${shell}, if it is there, completes`, async () => {
    const root = makeRoot();
    const cwd = temporaryFolder();
    const env = { OPENHANDS_CONVERSATIONS_DIR: root };
    const typed = (line: string) => complete(shell, line, { cwd, env });
    expect(await typed('convoscope sear')).toEqual(['convoscope', 'search']);
    expect(await typed('convoscope count 11112')).toEqual(['convoscope', 'count', TWO]);
    expect(await typed('convoscope count @la')).toEqual(['convoscope', 'count', '@latest']);
    for (const [option, whole] of [
      ['--output=nd', '--output=ndjson'],
      ['-k action,mes', '-k action,message'],
      ['--by hou', '--by hour'],
      ['--by=hou', '--by=hour'],
    ] as const) {
      expect(await typed(`convoscope count ${option}`)).toEqual(
        `convoscope count ${whole}`.split(' '),
      );
    }
  });

  test.skipIf(!hasShell(shell))(`${shell}, if it is there, runs no name`, async () => {
    const cwd = makeRoot();
    const typed = (line: string, isDropped = false) =>
      complete(shell, line, { cwd, env: { OPENHANDS_CONVERSATIONS_DIR: cwd }, isDropped });
    await typed('convoscope count ');
    // By the shell's own completion of folders, which quotes them.
    expect((await typed('convoscope count \\$')).at(-1)).toMatch(/^\$\(touch pwned\)\/?$/);
    expect((await typed('convoscope count a\\ ')).at(-1)).toMatch(/^a b\/?$/);
    // What is typed is not run to find out what it names.
    await typed('convoscope count --root "$(touch pwned)" 1111', true);
    await typed('convoscope count --root `touch pwned` 1111', true);
    mkdirSync(join(cwd, 'my dir'));
    makeConversation(1, '3333333333333333', join(cwd, 'my dir'));
    expect((await typed("convoscope count --root 'my dir' 333")).at(-1)).toBe('3333333333333333');
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });
});
