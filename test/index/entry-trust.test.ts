import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { eventPath, messageEvent, temporaryFolder } from '../helpers/conversation.ts';
import { indicesIn } from '../helpers/index-forgery.ts';

const opened = (stderr: string) => Number(/(\d+) opened/.exec(stderr)?.[1]);

describe('what an index is trusted for', () => {
  const kinds = async (path: string, cache: string) => {
    const { stdout, stderr } = await cli([
      'count',
      path,
      '-k',
      'action',
      '-v',
      '--cache-dir',
      cache,
    ]);
    return { count: Number(stdout), opened: opened(stderr) };
  };

  test('in an unchanged folder, no file is opened', async () => {
    const { path } = makeOldConversation(30);
    const cache = temporaryFolder();
    expect(await kinds(path, cache)).toEqual({ count: 10, opened: 30 });
    expect(await kinds(path, cache)).toEqual({ count: 10, opened: 0 });
  });

  test('in a folder that grew, only the new files are opened', async () => {
    const changing = makeOldConversation(60);
    const cache = temporaryFolder();
    await kinds(changing.path, cache);
    changing.happens({ do: 'append', count: 6 });
    expect(await kinds(changing.path, cache)).toEqual({ count: 22, opened: 6 });
  });

  test('young and invalid files are opened in each run', async () => {
    const changing = makeOldConversation(60);
    const cache = temporaryFolder();
    writeFileSync(eventPath(changing.path, 7), '{"kind":'); // in place: the folder does not change
    changing.rest();
    await kinds(changing.path, cache);
    expect((await kinds(changing.path, cache)).opened).toBe(1);
    const repaired = JSON.stringify({ ...messageEvent(7), kind: 'ActionEvent' });
    const before = (await kinds(changing.path, cache)).count;
    writeFileSync(eventPath(changing.path, 7), repaired);
    expect((await kinds(changing.path, cache)).count).toBe(before + 1);
  });

  test('an event that was changed in place is shown as it is now', async () => {
    const { path } = makeOldConversation(12);
    const cache = temporaryFolder();
    await kinds(path, cache);
    const event = { ...messageEvent(11, 'changed'), kind: 'Other' };
    writeFileSync(eventPath(path, 11), JSON.stringify(event));
    const last = await cli(['tail', path, '-n', '1', '--cache-dir', cache]);
    expect(last.stdout).toMatch(/ other .*changed/);
    const found = await cli(['search', path, 'changed', '-o', 'paths', '--cache-dir', cache]);
    expect(found.stdout).toContain('event-00011');
    expect((await cli(['search', path, '-k', 'other', '--cache-dir', cache])).code).toBe(0);
  });

  test('--no-cache and verify neither use nor write an index', async () => {
    const { path } = makeOldConversation(12);
    const cache = temporaryFolder();
    await kinds(path, cache);
    const file = indicesIn(cache)[0]!;
    const before = statSync(file, { bigint: true });
    const plain = await cli([
      'count',
      path,
      '-k',
      'action',
      '-v',
      '--no-cache',
      '--cache-dir',
      cache,
    ]);
    expect(opened(plain.stderr)).toBe(12);
    const verified = await cli(['verify', path, '-v', '--cache-dir', cache]);
    expect(opened(verified.stderr)).toBe(12);
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    const unused = temporaryFolder();
    await cli(['count', path, '-k', 'action', '--no-cache', '--cache-dir', unused]);
    expect(readdirSync(unused)).toEqual([]);
  });
});
