import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { runInProcess } from '../helpers/in-process.ts';

describe('what is verified', () => {
  /** The paths of the conversations that are verified. Only a run in a given folder needs a process. */
  const verified = async (args: string[], cwd?: string) => {
    const all = ['verify', '--json', ...args];
    const { stdout } = cwd === undefined ? await runInProcess(all) : await cli(all, { cwd });
    return JSON.parse(stdout).conversations.map(({ path }: { path: string }) => path);
  };

  test('roots at any depth, subagents, several paths, globs, ids and events folders', async () => {
    const root = temporaryFolder();
    const one = makeConversation(1, '1'.repeat(32), root);
    const sub = makeConversation(1, '3'.repeat(32), join(one, 'subagents'));
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    const two = makeConversation(2, '2'.repeat(32), join(root, 'deep/er'));
    const stateOnly = join(root, 'state');
    mkdirSync(stateOnly);
    writeFileSync(join(stateOnly, 'base_state.json'), '{}');
    const bare = join(root, 'bare');
    cpSync(join(one, 'events'), bare, { recursive: true });
    expect(await verified([root])).toEqual([one, sub, bare, two, stateOnly]);
    expect(await verified([one])).toEqual([one, sub]);
    expect(await verified([two, one, two])).toEqual([two, one, sub]);
    expect(await verified([join(root, '*', 'er', '2*')])).toEqual([two]);
    expect(await verified([join(two, 'events')])).toEqual([two]);
    expect(await verified(['1111', '--root', root])).toEqual([one, sub]);
    expect(await verified(['--all', '--root', root])).toEqual([one, sub, bare, two, stateOnly]);
    expect(await verified([], two)).toEqual([two]);
  });

  test.each([
    [
      'a file',
      (path: string) => writeFileSync(path, ''),
      'a conversation is a folder, and this is a file',
    ],
    ['an empty folder', (path: string) => mkdirSync(path), 'no conversation in it'],
    ['nothing', () => {}, 'no such file or folder'],
  ])('%s cannot be verified', async (_, make, why) => {
    const path = join(temporaryFolder(), 'operand');
    make(path);
    const { code, stdout, stderr } = await runInProcess(['verify', path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^convoscope: [^\n]*\n$/);
    expect(stderr).toContain(why);
  });

  test('a glob that matches nothing cannot be verified', async () => {
    const { code, stderr } = await runInProcess(['verify', '/nonexistent/*']);
    expect([code, stderr]).toEqual([2, 'convoscope: /nonexistent/*: no folder matches\n']);
  });

  test('links in a root are followed once, and links below are not followed', async () => {
    const root = temporaryFolder();
    const one = makeConversation(1, '1'.repeat(32), root);
    const link = join(root, 'elsewhere');
    symlinkSync(makeConversation(1), link);
    symlinkSync(one, join(root, 'twice'));
    symlinkSync('..', join(one, 'loop'));
    expect(await verified([root])).toEqual([one, link]);
  });

  test('the rest is verified when one operand cannot be', async () => {
    const path = makeConversation(2);
    const { code, stdout, stderr } = await runInProcess([
      'verify',
      '/nonexistent',
      path,
      '/etc/hostname',
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('1 conversation, 2 events: no problems found; could not verify 2 more\n');
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test('the path of an unnamed conversation is printed to stderr', async () => {
    const root = temporaryFolder();
    const path = makeConversation(2, '1'.repeat(32), root);
    for (const operand of [[], ['@latest']]) {
      const { stderr } = await cli(['verify', ...operand, '--root', root], { cwd: '/' });
      expect(stderr).toBe(`convoscope: reading ${path}\n`);
    }
  });

  test('conversations are found in folders of any name', async () => {
    const root = temporaryFolder();
    const names = ['a\nb', 'a\\b', '*', '[x]', '{a,b}', '!(x)', ' ', '.hidden', '\u202e'];
    const paths = names.map((name) => makeConversation(1, '1'.repeat(32), join(root, name)));
    expect((await verified([root])).sort()).toEqual(paths.sort());
    for (const path of paths) expect(await verified([path])).toEqual([path]);
  });

  test('a folder named events with other files is not a conversation', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'src/events'), { recursive: true });
    writeFileSync(join(root, 'src/events/index.ts'), '');
    expect((await runInProcess(['verify', root])).code).toBe(2);
  });
});
