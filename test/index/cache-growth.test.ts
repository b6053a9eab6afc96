import type * as Fs from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeOldConversation } from '../helpers/changing-conversation.ts';
import { temporaryFolder } from '../helpers/conversation.ts';

/** Paths that were listed or looked at. */
const seen: string[] = [];

// Test files share modules. So the modules that get the counting functions are loaded anew, and again afterwards.
beforeAll(() => {
  vi.resetModules();
  vi.doMock('node:fs', async (importOriginal) => {
    const fs = await importOriginal<typeof Fs>();
    const noting =
      <F extends (...args: never[]) => unknown>(call: F) =>
      (...args: Parameters<F>) => {
        seen.push(String(args[0]));
        return call(...args);
      };
    return {
      ...fs,
      lstatSync: noting(fs.lstatSync as never),
      openSync: noting(fs.openSync as never),
      readdirSync: noting(fs.readdirSync as never),
    };
  });
});

afterAll(() => {
  vi.doUnmock('node:fs');
  vi.resetModules();
});

test('keeping the index of one more conversation does not depend on how many are kept', async () => {
  const { IndexCache } = await import('../../src/index/index-cache.ts');
  const { queryAnswers } = await import('../helpers/query-answers.ts');
  const folder = temporaryFolder();
  const cache = new IndexCache(folder);
  const accesses: number[] = [];
  for (let conversation = 0; conversation < 30; conversation++) {
    const { path } = makeOldConversation(3);
    seen.length = 0;
    await queryAnswers(path, cache);
    accesses.push(seen.filter((one) => one.startsWith(folder)).length);
  }
  expect(cache.list()).toHaveLength(30);
  expect(accesses[1]).toBeGreaterThan(0);
  expect(accesses.slice(1)).toEqual(Array(29).fill(accesses[1]));
});
