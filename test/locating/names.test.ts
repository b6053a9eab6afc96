import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';

/** The path of the conversation that an operand names under a root. */
async function named(root: string, operand: string): Promise<string> {
  const { stdout, stderr } = await cli(['count', '--root', root, '--json', '--', operand]);
  return stdout === '' ? stderr : JSON.parse(stdout).conversation.path;
}

describe('the name of a folder is an id', () => {
  test.each([
    'critic1-safety-bypass-auth',
    'Task_7',
    'v1.2.3',
    'my first task',
    '対話の記録',
    'a',
    '--help',
    '-n',
    'task[1]',
    'a*b?',
    '@latest-but-one',
    'quote\'"s',
    '0535c419f44a4e248c72e40c77a06a32__copy',
  ])('%s', async (name) => {
    const root = temporaryFolder();
    const path = makeConversation(2, name, root);
    makeConversation(1, `${name} and more`, root);
    expect(await named(root, name)).toBe(path);
    const { stdout } = await cli(['verify', '--root', root, '--json', '--', name]);
    expect(JSON.parse(stdout).conversations).toMatchObject([{ path }]);
  });

  test('so is its beginning, if it has 4 characters and is unique', async () => {
    const root = temporaryFolder();
    const auth = makeConversation(2, 'critic1-safety-bypass-auth', root);
    makeConversation(2, 'critic1-safety-bypass', root);
    const unicode = makeConversation(2, '対話の記録 1', root);
    expect(await named(root, 'critic1-safety-bypass-')).toBe(auth);
    expect(await named(root, '対話の記')).toBe(unicode);
    expect(await named(root, '対話の')).toContain('4 characters or more');
    const several = await named(root, 'critic1');
    expect(several).toContain('2 conversations match');
    expect(several).toContain(auth);
    expect(await named(root, 'CRITIC1-safety-bypass-auth')).toContain('no conversation');
  });

  test('a path is preferred', async () => {
    const root = temporaryFolder();
    const cwd = temporaryFolder();
    makeConversation(1, 'task', root);
    const here = makeConversation(2, 'task', cwd);
    const { stdout } = await cli(['count', 'task', '--root', root, '--json'], { cwd });
    expect(JSON.parse(stdout).conversation.path).toBe(here);
  });

  test('at any depth below a root, as ls lists it', async () => {
    const root = temporaryFolder();
    const deep = join(root, 'runs', '2025', 'may');
    mkdirSync(deep, { recursive: true });
    const path = makeConversation(2, 'first-try', deep);
    const other = makeConversation(3, 'first-steps', root);
    mkdirSync(join(other, 'subagents'));
    makeConversation(1, '5ab00000aaaa4bbb8ccc000000000001', join(other, 'subagents'));
    expect(await named(root, 'first-t')).toBe(path);
    const paths = async (...args: string[]) =>
      JSON.parse((await cli(['ls', root, '--json', ...args])).stdout).items.map(
        (item: { path: string }) => item.path,
      );
    expect(await paths()).toEqual([other, path]);
    expect(await paths('--tree')).toHaveLength(3);
  });

  test('a conversation that is found twice counts once', async () => {
    const root = temporaryFolder();
    const path = makeConversation(2, 'task-one', root);
    symlinkSync(path, join(root, 'another-name'));
    expect(await named(root, 'task')).toBe(path);
    expect(await named(root, 'another-name')).toBe(join(root, 'another-name'));
    const both = ['--root', root, '--root', join(root, '.', 'task-one')];
    expect(await cli(['count', 'task-one', ...both])).toMatchObject({ code: 0, stdout: '2\n' });
    expect(JSON.parse((await cli(['ls', root, '--json'])).stdout).items).toHaveLength(1);
  });
});

describe('the current folder is a root', () => {
  const ID = '11111111aaaa4bbb8ccc000000000001';

  test.each(['.', 'runs'])('if it holds conversations in %s', async (below) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, below), { recursive: true });
    const path = makeConversation(2, ID, join(cwd, below));
    const count = async (...args: string[]) =>
      JSON.parse((await cli(['count', ...args, '--json'], { cwd })).stdout).conversation.path;
    expect(await count('1111')).toBe(path);
    expect(await count('@latest')).toBe(path);
    const { stdout } = await cli(['ls', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ roots: [cwd], items: [{ path }] });
    const where = JSON.parse((await cli(['where', '--json'], { cwd })).stdout);
    expect(where.roots[0]).toMatchObject({ path: cwd, conversations: 1, others: 0 });
    expect(where.latest).toBe(path);
  });

  test('besides the known roots, and not if a root is named', async () => {
    const cwd = temporaryFolder();
    const other = temporaryFolder();
    makeConversation(2, ID, cwd);
    makeConversation(3, 'elsewhere', other);
    const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: other });
    expect(await cli(['count', 'elsewhere'], { cwd, env })).toMatchObject({ stdout: '3\n' });
    expect(await cli(['count', '1111'], { cwd, env })).toMatchObject({ stdout: '2\n' });
    const root = ['--root', other];
    expect(await cli(['count', '1111', ...root], { cwd })).toMatchObject({ code: 2 });
  });

  test('but hidden folders and node_modules are not looked into, and too many folders neither', async () => {
    const cwd = temporaryFolder();
    for (const name of ['.git', 'node_modules']) {
      mkdirSync(join(cwd, name));
      makeConversation(2, ID, join(cwd, name));
    }
    expect((await cli(['ls'], { cwd })).stderr).toContain('no root of conversations exists');
    makeConversation(2, 'task', cwd);
    expect(JSON.parse((await cli(['ls', '--json'], { cwd })).stdout).items).toHaveLength(1);
    for (let at = 0; at < 2001; at++) mkdtempSync(join(cwd, 'x'));
    expect((await cli(['ls'], { cwd })).stderr).toContain('no root of conversations exists');
  });
});
