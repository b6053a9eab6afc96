import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { indicesIn } from '../helpers/index-forgery.ts';

const countArgs = (path: string, cache: string) => [
  'count',
  path,
  '-k',
  'action',
  '--cache-dir',
  cache,
  '-v',
];
const opened = (stderr: string) => Number(/(\d+) opened/.exec(stderr)?.[1]);

/** A conversation whose index is kept. @returns how to count its actions again, and the file of the index */
async function withIndex() {
  const { path } = makeOldConversation(12);
  const cache = temporaryFolder();
  const count = () => cli(countArgs(path, cache));
  await count();
  const [index] = indicesIn(cache);
  return { path, cache, count, index: index! };
}

describe('only files of the cache are touched', () => {
  const FOREIGN = [
    'vectors.index',
    'book.index.3',
    'faiss-12.index',
    'c0ffee00-DEADBEEF.index',
    'c0ffee00-deadbeef.index',
    'c0ffee00-deadbeef.index.0123456789ab',
    'c0ffee00-deadbeef.index\n',
    '.index',
  ];

  test('files of other programs stay, whatever their names are', async () => {
    const { path } = makeOldConversation(12);
    const cache = temporaryFolder();
    for (const name of FOREIGN) writeFileSync(join(cache, name), 'precious');
    mkdirSync(join(cache, 'a-00000000.index'));
    symlinkSync('x-00000000.index', join(cache, 'x-00000000.index')); // in a circle
    const before = readdirSync(cache).sort();
    await cli(countArgs(path, cache));
    expect(readdirSync(cache)).toHaveLength(before.length + 2); // an index and the key
    const listed = JSON.parse((await cli(['cache', '--json', '--cache-dir', cache])).stdout);
    expect(listed.indices).toHaveLength(1);
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(cache).sort()).toEqual(before);
    for (const name of FOREIGN) expect(readFileSync(join(cache, name), 'utf8')).toBe('precious');
  });

  const PLACES: Record<string, (index: string) => void> = {
    'a file of another program': (index) => writeFileSync(index, 'precious'),
    'a link to a file': (index) => {
      const target = join(dirname(index), 'target');
      renameSync(index, target);
      symlinkSync(target, index);
    },
    'a link that dangles': (index) => symlinkSync(join(dirname(index), 'nowhere'), index),
    'a link to a device': (index) => symlinkSync('/dev/zero', index),
    'a FIFO': (index) => execFileSync('mkfifo', [index]),
    'a folder': (index) => mkdirSync(index),
    'a huge file': (index) => {
      writeFileSync(index, '');
      truncateSync(index, 3 * 1024 ** 3);
    },
  };
  test.each(Object.keys(PLACES))('%s in the place of an index stays', async (what) => {
    const { count, index } = await withIndex();
    if (what !== 'a link to a file') rmSync(index);
    PLACES[what]!(index);
    const before = lstatSync(index);
    for (let run = 0; run < 2; run++) {
      expect(await count()).toMatchObject({ code: 0, stdout: '4\n' });
    }
    const { mode, ino, size } = lstatSync(index);
    expect({ mode, ino, size }).toEqual({ mode: before.mode, ino: before.ino, size: before.size });
    if (before.isSymbolicLink()) expect(existsSync(join(dirname(index), 'nowhere'))).toBe(false);
    expect(opened((await count()).stderr)).toBe(12);
  });

  test('an index that claims to be huge is not loaded', async () => {
    const { count, index } = await withIndex();
    const bytes = readFileSync(index);
    bytes.writeUInt32LE(0xfffffff0, 12);
    bytes.writeUInt32LE(0xfffffff0, 16);
    writeFileSync(index, bytes);
    expect(opened((await count()).stderr)).toBe(12);
    expect(opened((await count()).stderr)).toBe(0); // it was made again
  });
});

describe('nothing is written inside any conversation', () => {
  const INSIDE: Record<string, (other: string) => string> = {
    'another conversation': (other) => other,
    'its events': (other) => join(other, 'events'),
    'a folder in it that is not there yet': (other) => join(other, 'new', 'deep'),
    'its tool outputs': (other) => join(other, 'observations'),
    'its subagents': (other) => join(other, 'subagents', 'x'),
    'a link to it': (other) => {
      const link = join(temporaryFolder(), 'link');
      symlinkSync(other, link);
      return link;
    },
    'a folder below a link into it': (other) => {
      const link = join(temporaryFolder(), 'link');
      symlinkSync(join(other, 'events'), link);
      return join(link, 'cache');
    },
    'a folder with event files directly in it': (other) => {
      const folder = join(temporaryFolder(), 'flat');
      cpSync(join(other, 'events'), folder, { recursive: true });
      return folder;
    },
  };
  test.each(Object.keys(INSIDE))('%s', async (what) => {
    const { path } = makeOldConversation(12);
    const other = makeConversation(3, 'deadbeef00c0ffee00c0ffee00c0ffee');
    const cache = INSIDE[what]!(other);
    const list = () => readdirSync(dirname(other), { recursive: true }).sort();
    const before = list();
    for (const env of [{}, { CONVOSCOPE_CACHE_DIR: cache }]) {
      const args = countArgs(path, cache).filter(
        (_, at) => !('CONVOSCOPE_CACHE_DIR' in env) || at < 4 || at > 5,
      );
      const { code, stderr } = await cli(args, { env: { ...process.env, ...env } });
      expect(code).toBe(0);
      expect(stderr).toContain('the index could not be saved: it is inside a conversation');
    }
    expect(list()).toEqual(before);
    if (existsSync(cache))
      expect(readdirSync(cache).filter((name) => name.includes('.index'))).toEqual([]);
    const listed = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(listed.stdout).toContain('removed 0 indices');
  });
});

describe('an index of somebody else is not believed', () => {
  test.each([0o777, 0o1777, 0o757])('in a folder with mode %o', async (mode) => {
    const { cache, count } = await withIndex();
    chmodSync(cache, mode);
    const { stderr } = await count();
    expect(opened(stderr)).toBe(12);
    expect(stderr).toContain('other users may write to it');
  });

  test.skipIf(process.getuid?.() !== 0)('of another owner, or in the folder of one', async () => {
    const { cache, count, index } = await withIndex();
    chownSync(index, 65534, 65534);
    expect(opened((await count()).stderr)).toBe(12);
    chownSync(index, 0, 0);
    expect(opened((await count()).stderr)).toBe(0);
    chownSync(cache, 65534, 65534);
    const { stderr } = await count();
    expect(opened(stderr)).toBe(12);
    expect(stderr).toContain('it belongs to another user');
  });

  test('of another conversation, under the name of this one', async () => {
    const { cache, count, index } = await withIndex();
    const other = makeOldConversation(30);
    await cli(countArgs(other.path, cache));
    const theirs = indicesIn(cache).find((file) => file !== index)!;
    renameSync(theirs, index);
    const [listed] = JSON.parse(
      (await cli(['cache', '--json', '--cache-dir', cache])).stdout,
    ).indices;
    expect(listed).toMatchObject({ path: null, events: null });
    const counted = await count();
    expect(counted).toMatchObject({ stdout: '4\n' });
    expect(opened(counted.stderr)).toBe(12);
  });
});

test('a link to the cache folder can be used', async () => {
  const { path } = makeOldConversation(12);
  const folder = temporaryFolder();
  const link = join(temporaryFolder(), 'link');
  symlinkSync(folder, link);
  await cli(countArgs(path, link));
  expect(opened((await cli(countArgs(path, link))).stderr)).toBe(0);
  expect(readlinkSync(link)).toBe(folder);
});
