import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  ChangingConversation,
  type Happening,
  makeOldConversation,
} from '../helpers/changing-conversation.ts';
import { BIN, cleanEnv } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { damageIndexes, step } from '../helpers/index-damage.ts';
import { indicesIn } from '../helpers/index-forgery.ts';
import { spawnCli } from '../helpers/spawned.ts';
import { isExhaustive, runs, sample } from '../helpers/sweep.ts';

test('processes that share a cache answer as those without one, while the conversation changes and the cache is damaged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(step, { minLength: 2, maxLength: 4 }),
      async (events, steps) => {
        const root = temporaryFolder();
        const changing = new ChangingConversation(join(root, 'c0ffee'), events);
        changing.rest();
        const cache = join(root, 'cache');
        for (const one of [undefined, ...steps]) {
          if (typeof one === 'string') damageIndexes(cache, one);
          else if (one) changing.happens(one as Happening);
          for (const args of [
            ['search', changing.path, 'needle', '--json'],
            ['count', changing.path, '--by', 'kind', '--json'],
          ]) {
            const options = [['--cache-dir', cache], ['--cache-dir', cache], ['--no-cache']];
            const [a, b, plain] = await Promise.all(
              options.map((more) => spawnCli([...args, ...more])),
            );
            expect(a).toEqual(plain);
            expect(b).toEqual(plain);
          }
        }
      },
    ),
    runs(6, 1),
  );
});

test('a process killed at any moment leaves an index that the next one uses or replaces, without a message', async () => {
  const { path } = makeOldConversation(isExhaustive ? 3000 : 1000);
  const cache = temporaryFolder();
  const args = ['count', path, '-k', 'action', '--cache-dir', cache];
  const expected = await spawnCli([...args.slice(0, 4), '--no-cache']);
  const moments = Array.from({ length: 27 }, (_, at) => at * 15);
  for (const ms of sample(moments, 4)) {
    if (ms % 60 === 0) rmSync(cache, { recursive: true, force: true });
    const child = spawn(process.execPath, [BIN, ...args], { env: cleanEnv(), stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await sleep(ms);
    child.kill('SIGKILL');
    expect(await spawnCli(args)).toEqual(expected);
  }
  // Killed while it writes, it leaves a part of the file.
  const [file] = indicesIn(cache);
  const whole = readFileSync(file!);
  for (const part of [0, 1, 24, 1000, whole.length - 1]) {
    writeFileSync(file!, whole.subarray(0, part));
    writeFileSync(`${file}.12345`, whole.subarray(0, part));
    expect(await spawnCli(args)).toEqual(expected);
  }
});

test('processes that start a cache at once agree on one key', async () => {
  for (let round = 0; round < (isExhaustive ? 10 : 2); round++) {
    const cache = join(temporaryFolder(), 'new');
    const paths = [1, 2, 3].map(() => makeOldConversation(12).path);
    const count = (path: string, ...more: string[]) =>
      spawnCli(['count', path, '-k', 'action', '--cache-dir', cache, ...more]);
    const answers = await Promise.all(paths.map((path) => count(path)));
    for (const answer of answers) expect(answer).toMatchObject({ code: 0, stdout: '4\n' });
    expect(readdirSync(cache).filter((name) => name.startsWith('cache.key'))).toHaveLength(1);
    const { indices } = JSON.parse(
      (await spawnCli(['cache', '--json', '--cache-dir', cache])).stdout,
    );
    expect(indices.map(({ events }: { events: number }) => events)).toEqual([12, 12, 12]);
  }
});
