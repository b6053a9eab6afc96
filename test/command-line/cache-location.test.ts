import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ChangingConversation, makeOldConversation } from '../helpers/changing-conversation.ts';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';

describe('where an index is kept', () => {
  test('never inside a conversation or one of its subagents', async () => {
    const { path } = makeOldConversation(12);
    const inner = join(path, 'subagents', 'abc');
    new ChangingConversation(inner, 3);
    const before = readdirSync(path, { recursive: true }).sort();
    for (const dir of [path, join(path, 'cache', 'deep'), join(path, 'events'), join(inner, 'x')]) {
      for (const conversation of [path, inner]) {
        const { code } = await cli(['count', conversation, '-k', 'action', '--cache-dir', dir]);
        expect(code).toBe(0);
      }
    }
    expect(readdirSync(path, { recursive: true }).sort()).toEqual(before);
  });

  test('a folder that cannot be written to changes only what -v prints', async () => {
    const { path } = makeOldConversation(12);
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const dir of [file, join(file, 'below'), '/proc/none', join(pipe, 'below')]) {
      const args = ['count', path, '-k', 'action', '--cache-dir', dir];
      expect(await cli(args)).toMatchObject({ code: 0, stdout: '4\n', stderr: '' });
      expect((await cli([...args, '-v'])).stderr).toMatch(
        /the index could not be saved: E[A-Z]+\n/,
      );
    }
  });

  test('in a private folder under XDG_CACHE_HOME or at CONVOSCOPE_CACHE_DIR', async () => {
    const { path } = makeOldConversation(12);
    const home = temporaryFolder();
    const xdg = { CONVOSCOPE_CACHE_DIR: undefined, XDG_CACHE_HOME: join(home, 'xdg') };
    await cli(['count', path, '-k', 'action'], { env: cleanEnv(xdg) });
    const folder = join(home, 'xdg', 'convoscope');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [name, key] = readdirSync(folder).sort();
    expect(key).toBe('cache.key');
    for (const one of [name, key]) expect(statSync(join(folder, one!)).mode & 0o777).toBe(0o600);
    expect(name).toMatch(/^c0ffee00c0ffee00c0ffee00c0ffee00-[0-9a-f]{8}\.index$/);
    const own = { CONVOSCOPE_CACHE_DIR: join(home, 'own') };
    await cli(['count', path, '-k', 'action'], { env: cleanEnv(own) });
    expect(readdirSync(join(home, 'own')).sort()).toEqual([name, key]);
  });
});
