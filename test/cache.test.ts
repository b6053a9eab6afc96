import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../src/domain/event.ts';
import { IndexCache } from '../src/index/index-cache.ts';
import { count } from '../src/query/count.ts';
import { type FilterSpec, makeFilter } from '../src/query/filter.ts';
import { itemsOf } from '../src/query/result-items.ts';
import { search } from '../src/query/search.ts';
import { tail } from '../src/query/tail.ts';
import type { EventLog } from '../src/reading/event-log.ts';
import type { ReadMode } from '../src/reading/read-scheduler.ts';
import { noReads, type ReadStats } from '../src/reading/read-stats.ts';
import { findZone } from '../src/time/zone.ts';
import { BIN, cleanEnv, cli } from './helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from './helpers/conversation.ts';
import { type Happening, LivedIn } from './helpers/lived-in.ts';
import { openLog } from './helpers/open-log.ts';

const UTC = findZone('UTC')!;
const FILTERS: FilterSpec[] = [
  {},
  { kinds: ['agent-error'] },
  { texts: ['needle'] },
  { texts: ['éLSE'] },
  { texts: ['Needle'], caseSensitive: true },
  { errors: true, index: { from: 2, to: 40 } },
];

/** Everything that queries answer, as plain data. */
async function answers(
  path: string,
  cache?: IndexCache,
): Promise<{ fields: unknown; stats: ReadStats }> {
  const stats = noReads();
  const fields: unknown[] = [];
  const opened = async (use: (log: EventLog) => Promise<void>) => {
    const log = openLog(path, 'measure', { assumeIdle: true, cache });
    await use(log);
    await log.save();
    for (const key of Object.keys(stats) as (keyof ReadStats)[])
      stats[key] += log.scheduler.stats[key];
  };
  const faults = (skipped: readonly Fault[]) =>
    skipped.map(({ slot, code, message }) => [slot.name, code, message]);
  for (const spec of FILTERS) {
    const filter = makeFilter(spec, UTC);
    await opened(async (log) => {
      const counted = await count(log, filter, UTC, 'kind');
      fields.push({ ...counted, skipped: faults(counted.skipped), reachable: log.reachable });
    });
    for (const how of [{}, { limit: 3 }, { limit: 2, descending: true }, { before: 1, after: 1 }]) {
      await opened(async (log) => {
        const request = { filter, zone: UTC, descending: false, before: 0, after: 0, ...how };
        const found = await search(log, request);
        const texts: string[] = [];
        const items = itemsOf(log, found.lines, ({ text }) => text, found.skipped);
        for await (const { row } of items) texts.push(row);
        fields.push({ ...found, skipped: faults(found.skipped), texts });
      });
    }
    await opened(async (log) => {
      const found = await tail(log, filter, 4);
      fields.push({ ...found, skipped: faults(found.skipped) });
    });
  }
  return { fields, stats };
}

/** What can become of a file in the cache. */
const damages: Record<string, (file: string) => void> = {
  removed: (file) => rmSync(file),
  cut: (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  emptied: (file) => truncateSync(file, 0),
  grown: (file) => appendFileSync(file, 'more'),
  flipped(file) {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 0x10;
    writeFileSync(file, bytes);
  },
  newer(file) {
    const bytes = readFileSync(file);
    bytes.writeUInt32LE(999, 8);
    writeFileSync(file, bytes);
  },
  'a folder': (file) => [rmSync(file), mkdirSync(file)],
  'a dangling link': (file) => [rmSync(file), symlinkSync('/nowhere/at/all', file)],
};

function damage(folder: string, how: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (
      name.endsWith('.index') &&
      statSync(join(folder, name), { throwIfNoEntry: false })?.isFile()
    )
      damages[how]!(join(folder, name));
  }
}

const which = fc.nat(1000);
const happening = fc.oneof(
  fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constantFrom('replace' as const, 'remove' as const), which }),
  fc.record({ do: fc.constantFrom('rename' as const, 'edit' as const), which }),
  fc.record({ do: fc.constantFrom('rest' as const, 'rest' as const, 'cut' as const) }),
);
const step = fc.oneof(
  { weight: 8, arbitrary: happening },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(damages)) },
);

test('answers are the same with an index and without, whatever happened in between', async () => {
  const total = { with: 0, without: 0, indexed: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      async (events, steps) => {
        const root = temporaryFolder();
        const lived = new LivedIn(join(root, 'c0ffee'), events);
        lived.rest();
        const folder = join(root, 'cache');
        const check = async () => {
          const cached = await answers(lived.path, new IndexCache(folder));
          const plain = await answers(lived.path);
          expect(cached.fields).toEqual(plain.fields);
          total.with += cached.stats.opened;
          total.without += plain.stats.opened;
          total.indexed += cached.stats.indexed;
        };
        await check();
        for (const one of steps) {
          if (typeof one === 'string') damage(folder, one);
          else lived.happens(one as Happening);
          await check();
        }
      },
    ),
    { numRuns: 40 },
  );
  // The index was of use, not just of no harm.
  expect(total.indexed).toBeGreaterThan(10_000);
  expect(total.with).toBeLessThan(total.without * 0.9);
}, 240_000);

test('processes that share a cache, while things happen and it is damaged, answer as those without', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(step, { minLength: 2, maxLength: 4 }),
      async (events, steps) => {
        const root = temporaryFolder();
        const lived = new LivedIn(join(root, 'c0ffee'), events);
        lived.rest();
        const cache = join(root, 'cache');
        for (const one of [undefined, ...steps]) {
          if (typeof one === 'string') damage(cache, one);
          else if (one) lived.happens(one as Happening);
          for (const args of [
            ['search', lived.path, 'needle', '--json'],
            ['count', lived.path, '--by', 'kind', '--json'],
          ]) {
            const runs = [['--cache-dir', cache], ['--cache-dir', cache], ['--no-cache']];
            const [a, b, plain] = await Promise.all(runs.map((more) => cli([...args, ...more])));
            expect(a).toEqual(plain);
            expect(b).toEqual(plain);
          }
        }
      },
    ),
    { numRuns: 6 },
  );
}, 240_000);

/** A conversation that has been at rest for an hour. */
function resting(count: number): LivedIn {
  const lived = new LivedIn(join(temporaryFolder(), 'c0ffee00c0ffee00c0ffee00c0ffee00'), count);
  lived.rest();
  return lived;
}

test('a process killed at any moment leaves what the next one uses, or makes anew, without a word', async () => {
  const { path } = resting(3000);
  const cache = temporaryFolder();
  const args = ['count', path, '-k', 'action', '--cache-dir', cache];
  const expected = await cli([...args.slice(0, 4), '--no-cache']);
  for (let ms = 0; ms < 400; ms += 15) {
    if (ms % 60 === 0) rmSync(cache, { recursive: true, force: true });
    const child = spawn(process.execPath, [BIN, ...args], { env: cleanEnv(), stdio: 'ignore' });
    await sleep(ms);
    child.kill('SIGKILL');
    expect(await cli(args)).toEqual(expected);
  }
  // And killed while it writes, of which only a part is there.
  const [name] = readdirSync(cache);
  const whole = readFileSync(join(cache, name!));
  for (const part of [0, 1, 24, 1000, whole.length - 1]) {
    writeFileSync(join(cache, name!), whole.subarray(0, part));
    writeFileSync(join(cache, `${name}.12345`), whole.subarray(0, part));
    expect(await cli(args)).toEqual(expected);
  }
}, 120_000);

const opened = (stderr: string) => Number(/(\d+) opened/.exec(stderr)?.[1]);

describe('what an index is trusted with', () => {
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

  test('a folder that did not change: no file is touched', async () => {
    const { path } = resting(30);
    const cache = temporaryFolder();
    expect(await kinds(path, cache)).toEqual({ count: 10, opened: 30 });
    expect(await kinds(path, cache)).toEqual({ count: 10, opened: 0 });
  });

  test('a conversation that grew costs its new files alone', async () => {
    const lived = resting(60);
    const cache = temporaryFolder();
    await kinds(lived.path, cache);
    lived.happens({ do: 'append', count: 6 });
    expect(await kinds(lived.path, cache)).toEqual({ count: 22, opened: 6 });
  });

  test('young and faulty files are looked at each time', async () => {
    const lived = resting(60);
    const cache = temporaryFolder();
    writeFileSync(eventPath(lived.path, 7), '{"kind":'); // in place: the folder does not change
    lived.rest();
    await kinds(lived.path, cache);
    expect((await kinds(lived.path, cache)).opened).toBe(1);
    const repaired = JSON.stringify({ ...messageEvent(7), kind: 'ActionEvent' });
    const before = (await kinds(lived.path, cache)).count;
    writeFileSync(eventPath(lived.path, 7), repaired);
    expect((await kinds(lived.path, cache)).count).toBe(before + 1);
  });

  test('what a query opens is compared with what was indexed, and shown as it is', async () => {
    const { path } = resting(12);
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

  test('--no-cache and verify neither use nor keep one', async () => {
    const { path } = resting(12);
    const cache = temporaryFolder();
    await kinds(path, cache);
    const file = join(cache, readdirSync(cache)[0]!);
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

test.each<ReadMode>(['plain', 'in-flight'])(
  'what cannot match is not parsed, read %s',
  async (pace) => {
    const { path } = resting(50);
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

describe('where an index is kept', () => {
  test('never inside a conversation, a subagent included', async () => {
    const { path } = resting(12);
    const inner = join(path, 'subagents', 'abc');
    new LivedIn(inner, 3);
    const before = readdirSync(path, { recursive: true }).sort();
    for (const dir of [path, join(path, 'cache', 'deep'), join(path, 'events'), join(inner, 'x')]) {
      for (const conversation of [path, inner]) {
        const { code } = await cli(['count', conversation, '-k', 'action', '--cache-dir', dir]);
        expect(code).toBe(0);
      }
    }
    expect(readdirSync(path, { recursive: true }).sort()).toEqual(before);
  });

  test('one that cannot be written changes nothing but what -v tells', async () => {
    const { path } = resting(12);
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const dir of [file, join(file, 'below'), '/proc/none', '/dev/null/x']) {
      const args = ['count', path, '-k', 'action', '--cache-dir', dir];
      expect(await cli(args)).toMatchObject({ code: 0, stdout: '4\n', stderr: '' });
      expect((await cli([...args, '-v'])).stderr).toMatch(/the index is not kept: E[A-Z]+\n/);
    }
  });

  test('of a user alone, who finds it by XDG_CACHE_HOME or CONVOSCOPE_CACHE_DIR', async () => {
    const { path } = resting(12);
    const home = temporaryFolder();
    const xdg = { CONVOSCOPE_CACHE_DIR: undefined, XDG_CACHE_HOME: join(home, 'xdg') };
    await cli(['count', path, '-k', 'action'], { env: cleanEnv(xdg) });
    const folder = join(home, 'xdg', 'convoscope');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [name] = readdirSync(folder);
    expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600);
    expect(name).toMatch(/^c0ffee00c0ffee00c0ffee00c0ffee00-[0-9a-f]{8}\.index$/);
    const own = { CONVOSCOPE_CACHE_DIR: join(home, 'own') };
    await cli(['count', path, '-k', 'action'], { env: cleanEnv(own) });
    expect(readdirSync(join(home, 'own'))).toEqual([name]);
  });

  test('up to a size, the one not used for longest out first, and what was left by the dead', async () => {
    const folder = temporaryFolder();
    const paths = [1, 2, 3, 4].map(() => resting(50).path);
    const keep = async (path: string, limit?: number) => {
      const cache = new IndexCache(folder, limit);
      await answers(path, cache);
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
    const left = join(folder, 'x.index.77');
    writeFileSync(left, 'left');
    utimesSync(left, 1e9, 1e9);
    const foreign = join(folder, 'notes.txt');
    writeFileSync(foreign, 'mine');
    await keep(paths[3]!, fileOf(paths[0]!).size * 3.5);
    const kept = new Set(new IndexCache(folder).list().map(({ index }) => dirname(index!.path)));
    expect(kept).toEqual(new Set([paths[0], paths[2], paths[3]]));
    expect([existsSync(left), existsSync(foreign)]).toEqual([false, true]);
  });
});

describe('convoscope cache', () => {
  test('shows what is kept, as text and as JSON, and clears it', async () => {
    const { path } = resting(12);
    const cache = temporaryFolder();
    await cli(['count', path, '-k', 'action', '--cache-dir', cache]);
    writeFileSync(join(cache, 'broken-00000000.index'), 'x');
    writeFileSync(join(cache, 'notes.txt'), 'mine');
    const text = await cli(['cache', '--cache-dir', cache]);
    expect(text.stdout).toContain(`12 events  ${path}/events\n`);
    expect(text.stdout).toContain('not usable\n');
    expect(text.stdout).toMatch(/^2 indices, \d+ B of at most 256\.0 MiB, in /m);
    const json = JSON.parse((await cli(['cache', '--json', '--cache-dir', cache])).stdout);
    expect(json).toMatchObject({ format_version: 1, folder: cache, limit: 256 * 1024 * 1024 });
    expect(json.indices.map(({ events }: { events: number }) => events).sort()).toEqual([12, null]);
    const cleared = await cli(['cache', '--clear', '--cache-dir', cache]);
    expect(cleared.stdout).toMatch(/^removed 2 indices, \d+ B, from /);
    expect(readdirSync(cache)).toEqual(['notes.txt']);
    const empty = await cli(['cache', '--cache-dir', join(cache, 'none')]);
    expect(empty).toMatchObject({ code: 0, stderr: '' });
    expect(empty.stdout).toMatch(/^0 indices, /);
  });
});

test('the cache of a conversation that moved is made anew, and that of another is not taken for it', async () => {
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
