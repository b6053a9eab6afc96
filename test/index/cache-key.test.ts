import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeKey } from '../../src/index/cache-key.ts';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { indicesIn, keyOf } from '../helpers/index-forgery.ts';

const NOT_PRIVATE = 'cache.key in it is not a key that only you can read';

/** A cache with one index. @returns how to count again with it, and its files */
async function cacheWithKey() {
  const { path } = makeOldConversation(12);
  const cache = temporaryFolder();
  const count = async () => {
    const args = ['count', path, '-k', 'action', '-v', '--cache-dir', cache];
    const { code, stdout, stderr } = await cli(args);
    expect([code, stdout]).toEqual([0, '4\n']);
    return { opened: Number(/(\d+) opened/.exec(stderr)?.[1]), stderr };
  };
  await count();
  expect((await count()).opened).toBe(0);
  const key = join(cache, 'cache.key');
  return { cache, count, key, index: indicesIn(cache)[0]! };
}

describe('the key of a cache', () => {
  test('is random, and only its user can read it', async () => {
    const one = await cacheWithKey();
    const other = await cacheWithKey();
    expect(lstatSync(one.key)).toMatchObject({ size: 40 });
    expect(lstatSync(one.key).mode & 0o777).toBe(0o600);
    expect(keyOf(one.cache)).not.toEqual(keyOf(other.cache));
    expect(new Set(keyOf(one.cache)).size).toBeGreaterThan(16);
  });

  test('is not listed, and is removed with the indices', async () => {
    const { cache, count } = await cacheWithKey();
    const listed = JSON.parse((await cli(['cache', '--json', '--cache-dir', cache])).stdout);
    expect(listed.indices).toHaveLength(1);
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared.stdout).toMatch(/^removed 1 index, /);
    expect(readdirSync(cache)).toEqual([]);
    expect((await count()).opened).toBe(12);
    expect((await count()).opened).toBe(0);
  });

  test('makes an index of another cache, or of an earlier key, out of date', async () => {
    const { cache, count, key, index } = await cacheWithKey();
    const before = readFileSync(index);
    rmSync(key);
    expect((await count()).opened).toBe(12);
    expect((await count()).opened).toBe(0);
    writeFileSync(index, before);
    expect((await count()).opened).toBe(12);
    expect(readFileSync(index)).not.toEqual(before); // it was replaced
    const other = temporaryFolder();
    const moved = join(other, basename(index));
    await makeKey(other);
    copyFileSync(index, moved);
    const [listed] = JSON.parse(
      (await cli(['cache', '--json', '--cache-dir', other])).stdout,
    ).indices;
    expect(listed).toMatchObject({ path: null, events: null });
    expect(dirname(index)).toBe(cache);
  });

  test('stays the one that came first, if several processes make it', async () => {
    const cache = temporaryFolder();
    const first = await makeKey(cache);
    expect(first).toEqual(keyOf(cache));
    for (const again of await Promise.all([makeKey(cache), makeKey(cache)]))
      expect(again).toEqual(first);
    expect(readdirSync(cache)).toEqual(['cache.key']);
  });
});

describe('in the place of a key', () => {
  const PLACES: Record<string, (key: string) => void> = {
    'a key that others may read': (key) => chmodSync(key, 0o644),
    'a key that is too short': (key) => truncateSync(key, 39),
    'a key that is too long': (key) => truncateSync(key, 41),
    'an empty file': (key) => truncateSync(key, 0),
    'a file of another program': (key) => writeFileSync(key, 'x'.repeat(40)),
    'a link to a key': (key) => {
      renameSync(key, `${key}.real`);
      symlinkSync(`${key}.real`, key);
    },
    'a link that dangles': (key) => [rmSync(key), symlinkSync('/nowhere/at/all', key)],
    'a link to a device': (key) => [rmSync(key), symlinkSync('/dev/zero', key)],
    'a FIFO': (key) => [rmSync(key), execFileSync('mkfifo', [key])],
    'a folder': (key) => [rmSync(key), mkdirSync(key)],
  };
  test.each(Object.keys(PLACES))('%s means that the cache is not used', async (what) => {
    const { cache, count, key, index } = await cacheWithKey();
    PLACES[what]!(key);
    const before = [lstatSync(key).ino, lstatSync(key).size, readFileSync(index)];
    for (let run = 0; run < 2; run++) {
      const { opened, stderr } = await count();
      expect(opened).toBe(12);
      expect(stderr).toContain(`the index could not be saved: ${NOT_PRIVATE}\n`);
    }
    expect([lstatSync(key).ino, lstatSync(key).size, readFileSync(index)]).toEqual(before);
    const listed = await cli(['cache', '--cache-dir', cache]);
    expect(listed).toMatchObject({ code: 0, stderr: expect.stringContaining(NOT_PRIVATE) });
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared.stdout).toMatch(/^removed 1 index, /);
  });

  test('a key that others may read is removed by --clear, and something else stays', async () => {
    const { cache, count, key } = await cacheWithKey();
    chmodSync(key, 0o644);
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(cache)).toEqual([]);
    writeFileSync(key, 'x'.repeat(40), { mode: 0o600 });
    const again = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(again.stderr).toContain(NOT_PRIVATE);
    expect(readFileSync(key, 'utf8')).toBe('x'.repeat(40));
    rmSync(key);
    await count();
    expect((await count()).opened).toBe(0);
  });

  test.skipIf(process.getuid?.() !== 0)('the key of another user is not believed', async () => {
    const { count, key } = await cacheWithKey();
    chownSync(key, 65534, 65534);
    const { opened, stderr } = await count();
    expect(opened).toBe(12);
    expect(stderr).toContain(NOT_PRIVATE);
  });
});
