import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';

describe('convoscope cache', () => {
  test('lists the indices as text and as JSON, and clears them', async () => {
    const { path } = makeOldConversation(12);
    const cache = temporaryFolder();
    await cli(['count', path, '-k', 'action', '--cache-dir', cache]);
    writeFileSync(join(cache, 'broken-00000000.index'), 'CVSINDEX');
    writeFileSync(join(cache, 'other-00000000.index'), 'mine');
    writeFileSync(join(cache, 'notes.txt'), 'mine');
    const text = await cli(['cache', '--cache-dir', cache]);
    expect(text.stdout).toContain(`12 events  ${path}/events\n`);
    expect(text.stdout).toContain('not usable\n');
    expect(text.stdout).toMatch(/^2 indices, 1\.\d KiB of at most 256\.0 MiB, in /m);
    const json = JSON.parse((await cli(['cache', '--json', '--cache-dir', cache])).stdout);
    expect(json).toMatchObject({ format_version: 1, folder: cache, limit: 256 * 1024 * 1024 });
    expect(json.indices.map(({ events }: { events: number }) => events).sort()).toEqual([12, null]);
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared.stdout).toMatch(/^removed 2 indices, 1\.\d KiB, from /);
    expect(readdirSync(cache).sort()).toEqual(['notes.txt', 'other-00000000.index']);
    const empty = await cli(['cache', '--cache-dir', join(cache, 'none')]);
    expect(empty).toMatchObject({ code: 0, stderr: '' });
    expect(empty.stdout).toMatch(/^0 indices, /);
  });
});

test('conversations of the same id do not share an index', async () => {
  const cache = temporaryFolder();
  const a = makeConversation(5);
  const b = makeConversation(8);
  for (const [path, total] of [
    [a, '5'],
    [b, '8'],
    [a, '5'],
  ] as const) {
    const { stdout } = await cli(['count', path, '-k', 'message', '--cache-dir', cache]);
    expect(stdout).toBe(`${total}\n`);
  }
});
