import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IndexCache } from '../../src/index/index-cache.ts';
import { makeFilter } from '../../src/query/filter.ts';
import { search } from '../../src/query/search.ts';
import type { ReadMode } from '../../src/reading/read-scheduler.ts';
import {
  ChangingConversation,
  type Happening,
  makeOldConversation,
  SHORT_AGES,
} from '../helpers/changing-conversation.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { damageIndexes, step } from '../helpers/index-damage.ts';
import { openLog } from '../helpers/open-log.ts';
import { queryAnswers, UTC } from '../helpers/query-answers.ts';
import { runs } from '../helpers/sweep.ts';

test('queries answer the same with an index and without, whatever happened in between', async () => {
  const parameters = runs(40, 4);
  const total = { with: 0, without: 0, indexed: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      async (events, steps) => {
        const root = temporaryFolder();
        const changing = new ChangingConversation(join(root, 'c0ffee'), events);
        changing.rest();
        const folder = join(root, 'cache');
        const check = async () => {
          const cache = new IndexCache(folder, undefined, SHORT_AGES);
          const cached = await queryAnswers(changing.path, cache);
          const plain = await queryAnswers(changing.path);
          expect(cached.fields).toEqual(plain.fields);
          total.with += cached.stats.opened;
          total.without += plain.stats.opened;
          total.indexed += cached.stats.indexed;
        };
        await check();
        for (const one of steps) {
          if (typeof one === 'string') damageIndexes(folder, one);
          else changing.happens(one as Happening);
          await check();
        }
      },
    ),
    parameters,
  );
  // The index was of use, not just of no harm.
  expect(total.indexed).toBeGreaterThan(250 * parameters.numRuns);
  expect(total.with).toBeLessThan(total.without * 0.9);
});

test.each<ReadMode>(['plain', 'in-flight'])(
  'an event that cannot match is not parsed, reading %s',
  async (pace) => {
    const { path } = makeOldConversation(50);
    const folder = temporaryFolder();
    const filter = makeFilter({ texts: ['needle'] }, UTC);
    const parsed: number[] = [];
    for (let run = 0; run < 2; run++) {
      const cache = new IndexCache(folder);
      const log = openLog(path, pace, { cache });
      expect(
        (await search(log, { filter, zone: UTC, descending: false, before: 0, after: 0 })).lines,
      ).toHaveLength(20);
      await log.save();
      parsed.push(log.scheduler.stats.parsed);
    }
    expect(parsed).toEqual([50, 20]);
  },
);

test('over the size limit, the least recently used index is removed, and so are leftovers of killed runs', async () => {
  const folder = temporaryFolder();
  const paths = [1, 2, 3, 4].map(() => makeOldConversation(50).path);
  const keep = async (path: string, limit?: number) => {
    const cache = new IndexCache(folder, limit);
    await queryAnswers(path, cache);
  };
  for (const path of paths.slice(0, 3)) await keep(path);
  const files = new Map(
    new IndexCache(folder).list().map(({ index, file, size }) => [index!.path, { file, size }]),
  );
  const fileOf = (path: string) => files.get(join(path, 'events'))!;
  for (const [at, path] of paths.slice(0, 3).entries()) {
    const seconds = Date.now() / 1000 - 10_000 + at;
    utimesSync(fileOf(path).file, seconds, seconds);
  }
  await keep(paths[0]!); // used again
  const left = join(folder, 'x-00000000.index.77');
  writeFileSync(left, 'CVSINDEX and a part of the rest');
  utimesSync(left, 1e9, 1e9);
  const foreign = join(folder, 'x-00000000.index.78');
  writeFileSync(foreign, 'mine');
  utimesSync(foreign, 1e9, 1e9);
  await keep(paths[3]!, fileOf(paths[0]!).size * 3.5);
  const kept = new Set(new IndexCache(folder).list().map(({ index }) => dirname(index!.path)));
  expect(kept).toEqual(new Set([paths[0], paths[2], paths[3]]));
  expect([existsSync(left), existsSync(foreign)]).toEqual([false, true]);
});
