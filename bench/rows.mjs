// The groups of measurements. Each group prepares its data, checks that all tools agree, and returns rows.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeEvents, RARE, Random } from './generate.mjs';
import {
  convoscope,
  cpuOf,
  has,
  median,
  node,
  peakMemory,
  percentile,
  run,
  shell,
  start,
} from './measure.mjs';

const BARE = node('-e', '0');
const PYTHON_COUNT = `
import json, os, sys
found = 0
for root in sys.argv[2:]:
    for entry in os.listdir(root):
        if entry.startswith('event-'):
            with open(os.path.join(root, entry), encoding='utf-8') as file:
                event = json.load(file)
                found += sys.argv[1] in ('', event.get('kind'))
print(found)`;
const DUCKDB = `
import { DuckDBInstance } from '@duckdb/node-api';
const connection = await (await DuckDBInstance.create()).connect();
const result = await connection.runAndReadAll(
  "select count(*) from read_json('" + process.argv[1] + "/event-*.json', columns={kind:'VARCHAR'}, maximum_object_size=100000000) where kind = 'AgentErrorEvent'");
console.log(String(result.getRows()[0][0]));`;

/** Times commands in turn, over several rounds. @returns medians in ms, by name */
function race(entrants, rounds, before = () => {}) {
  const times = Object.fromEntries(Object.keys(entrants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, entrant] of Object.entries(entrants)) {
      const {
        command,
        env,
        prepare = before,
      } = Array.isArray(entrant) ? { command: entrant } : entrant;
      prepare();
      times[name].push(run(command, { env }).ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Rows that compare one entrant with each of the others. */
function against(work, ours, results, limits) {
  const ms = results[ours];
  return Object.entries(results)
    .filter(([name]) => name !== ours)
    .map(([name, base]) => ({
      work,
      ours: ms,
      base,
      name,
      ratio: ms / base,
      ...(limits[name] !== undefined && { limit: limits[name] }),
    }));
}

/** Fails if tools give different answers: their times could not be compared. */
function agree(entrants, readAnswer = (stdout) => stdout.toString().trim()) {
  const answers = Object.entries(entrants).map(([name, entrant]) => [
    name,
    readAnswer(run(entrant.command ?? entrant, entrant).stdout),
  ]);
  const [, first] = answers[0];
  for (const [name, answer] of answers) {
    if (answer !== first) throw new Error(`${name} says ${answer}, ${answers[0][0]} says ${first}`);
  }
  return first;
}

const events = (path) => join(path, 'events');
const only = (condition, entrants) => (condition ? entrants : {});

/** Makes a conversation look as if nobody had written to it for an hour. */
export function rest(path) {
  const hourAgo = Date.now() / 1000 - 3600;
  const folder = events(path);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), hourAgo, hourAgo);
  utimesSync(folder, hourAgo, hourAgo);
}

export const GROUPS = {
  start({ conversation, cache }) {
    const path = conversation(100);
    const entrants = {
      'bare Node': BARE,
      version: convoscope('--version'),
      count: convoscope('count', path, '--cache-dir', cache),
      tail: convoscope('tail', path, '--cache-dir', cache),
    };
    for (const command of Object.values(entrants)) run(command);
    const ms = race(entrants, 41);
    const row = (work, ours, limit) => ({
      work,
      ours: ms[ours],
      base: ms['bare Node'],
      name: 'bare Node',
      ratio: ms[ours] / ms['bare Node'],
      limit,
    });
    return [
      row('`--version`', 'version', 1.15),
      row('`count` on 100 events', 'count', 1.25),
      row('`tail` on 100 events', 'tail', 1.25),
    ];
  },

  first({ conversation, cache, rounds, root }) {
    const path = conversation(100_000);
    const clear = () => rmSync(cache, { recursive: true, force: true });
    const ours = convoscope('count', path, '-k', 'agent-error', '--cache-dir', cache);
    const entrants = {
      convoscope: { command: ours, prepare: clear },
      ...only(has('jq'), {
        jq: shell(
          `find "$1" -name 'event-*' -print0 | xargs -0 jq -c 'select(.kind == "AgentErrorEvent") | 1' | wc -l`,
          events(path),
        ),
      }),
      ...only(has('python3'), {
        Python: ['python3', '-c', PYTHON_COUNT, 'AgentErrorEvent', events(path)],
      }),
      ...only(hasDuckDb(root), {
        DuckDB: node('--input-type=module', '-e', DUCKDB, events(path)),
      }),
    };
    agree(entrants);
    // The time that reading alone takes. It gives no answer to compare.
    const cat = shell(`find "$1" -name 'event-*' -print0 | xargs -0 cat | wc -c`, events(path));
    return against(
      'first `count -k agent-error` on 100,000 events, nothing cached',
      'convoscope',
      race({ ...entrants, cat }, rounds),
      { jq: 0.25, Python: 0.45 },
    );
  },

  cached({ conversation, cache, rounds }) {
    const path = conversation(100_000);
    const ours = convoscope('count', path, '-k', 'agent-error', '--cache-dir', cache);
    run(ours);
    const entrants = {
      convoscope: ours,
      ...only(has('rg'), {
        'rg -l': shell(`rg -l '"kind":"AgentErrorEvent"' "$1" | wc -l`, events(path)),
      }),
    };
    agree(entrants);
    return against('the same, cached', 'convoscope', race(entrants, rounds), { 'rg -l': 0.35 });
  },

  list({ fleet, cache, rounds }) {
    const { path, folders, events: count } = fleet();
    for (const folder of folders) rest(join(folder, '..'));
    const empty = `${cache}-empty`;
    const clear = () => rmSync(empty, { recursive: true, force: true });
    const ls = (...options) => convoscope('ls', path, '--json', ...options);
    run(ls('--cache-dir', cache));
    const entrants = {
      again: ls('--cache-dir', cache),
      'the first time': { command: ls('--cache-dir', empty), prepare: clear },
    };
    agree(entrants);
    const ms = race({ ...entrants, 'bare Node': BARE }, rounds);
    const work = `\`ls\` of ${folders.length} conversations with ${count} events, nothing changed`;
    return against(work, 'again', ms, {});
  },

  text({ conversation, cache, rounds }) {
    const path = conversation(100_000);
    const search = ['search', path, '-t', RARE, '-o', 'paths', '--cache-dir', cache];
    run(convoscope('count', path, '-k', 'x', '--cache-dir', cache));
    const entrants = {
      convoscope: convoscope(...search),
      ...only(has('rg'), { 'rg -il': ['rg', '-il', RARE, events(path)] }),
    };
    agree(entrants, (stdout) => stdout.toString().trim().split('\n').sort().join());
    return against(
      '`search -t` of rare words on 100,000 events, cached',
      'convoscope',
      race(entrants, rounds),
      { 'rg -il': 1 },
    );
  },

  tail({ conversation, cache, rounds }) {
    const path = conversation(100_000);
    run(convoscope('count', path, '-k', 'x', '--cache-dir', cache));
    const tail = ['tail', '-n', '20', path, '--cache-dir'];
    const empty = `${cache}-empty`;
    const clear = () => rmSync(empty, { recursive: true, force: true });
    const entrants = {
      cached: convoscope(...tail, cache),
      first: { command: convoscope(...tail, empty), prepare: clear },
    };
    agree(entrants);
    const ms = race({ ...entrants, bare: BARE }, rounds * 3);
    return [
      ['cached', 1.4],
      ['first', 2.5],
    ].map(([which, limit]) => ({
      work: `\`tail -n 20\` on 100,000 events, ${which === 'first' ? 'first time' : which}`,
      ours: ms[which],
      base: ms.bare,
      name: 'bare Node',
      ratio: ms[which] / ms.bare,
      limit,
    }));
  },

  append({ copy, cache, rounds }) {
    const path = copy(100_000);
    const random = new Random(99);
    let next = 100_000;
    const count = ['count', path, '-k', 'agent-error', '--cache-dir'];
    const empty = `${cache}-empty`;
    run(convoscope(...count, cache));
    const append = () => {
      for (const { name, text } of makeEvents(random, 10, next)) {
        writeFileSync(join(events(path), name), text);
      }
      next += 10;
    };
    const clear = () => rmSync(empty, { recursive: true, force: true });
    const entrants = {
      grown: { command: convoscope(...count, cache), prepare: append },
      'first, nothing cached': { command: convoscope(...count, empty), prepare: clear },
    };
    agree(entrants);
    return against(
      '10 events appended to 100,000, then `count -k`',
      'grown',
      race(entrants, rounds),
      { 'first, nothing cached': 0.5 },
    );
  },

  cold({ conversation, rounds }) {
    const path = conversation(10_000);
    const drop = () => {
      spawnSync('sync');
      writeFileSync('/proc/sys/vm/drop_caches', '3');
      run(BARE); // load the programs themselves into the page cache again
      run(convoscope('--version'));
    };
    try {
      drop();
    } catch {
      return [{ work: 'page cache dropped', skipped: 'needs root on Linux' }];
    }
    const count = ['count', path, '-k', 'agent-error', '--no-cache'];
    const entrants = {
      convoscope: convoscope(...count),
      'one at a time (`--jobs 1`)': convoscope(...count, '--jobs', '1'),
    };
    agree(entrants);
    return against(
      'page cache dropped: first `count -k` on 10,000 events',
      'convoscope',
      race(entrants, rounds, drop),
      { 'one at a time (`--jobs 1`)': 0.75 },
    );
  },

  slow({ conversation, rounds, root }) {
    const path = conversation(1000);
    const library = join(root, 'slow-open.so');
    const source = fileURLToPath(new URL('./slow-open.c', import.meta.url));
    const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl']);
    if (built.status !== 0) return [{ work: '2 ms added to every open', skipped: 'needs cc' }];
    const env = { LD_PRELOAD: library, SLOW_FOLDER: path, SLOW_US: '2000' };
    const search = ['search', path, '--no-cache', '--jobs'];
    const entrants = {
      convoscope: { command: convoscope(...search, '64'), env },
      'one at a time (`--jobs 1`)': { command: convoscope(...search, '1'), env },
    };
    agree(entrants);
    return against(
      '2 ms added to every open: `search` over 1,000 events, `--jobs 64`',
      'convoscope',
      race(entrants, rounds),
      { 'one at a time (`--jobs 1`)': 0.08 },
    );
  },

  verify({ fleet, rounds }) {
    const { path, folders, events: count } = fleet();
    const entrants = {
      convoscope: convoscope('verify', path, '--json'),
      ...only(has('python3'), { Python: ['python3', '-c', PYTHON_COUNT, '', ...folders] }),
    };
    agree(entrants, (stdout) => {
      const text = stdout.toString();
      return text.startsWith('{') ? String(JSON.parse(text).totals.events) : text.trim();
    });
    return against(
      `\`verify\` of 433 conversations, ${count} events, 227 MB`,
      'convoscope',
      race(entrants, rounds),
      { Python: 0.6 },
    );
  },

  memory({ conversation }) {
    const path = conversation(100_000);
    return [
      [['search', path, '--no-cache'], 200],
      [['search', path, '--no-cache', '-o', 'ndjson'], 200],
      [['verify', path], 260],
    ].map(([args, limit]) => ({
      work: `peak memory: \`${args[0]}\` over 100,000 events${args.includes('ndjson') ? ', `ndjson`' : ''}`,
      mb: peakMemory(...args),
      limit,
    }));
  },

  async follow({ copy }) {
    const path = copy(1000);
    const random = new Random(5);
    const landed = new Map();
    const delays = [];
    const child = start(
      convoscope('tail', '-f', '-n', '0', '-o', 'ndjson', '--meta', path),
      (out) => {
        const now = performance.now();
        for (const [, index] of out.matchAll(/"index":(\d+),"file"/g)) {
          delays.push(now - landed.get(Number(index)));
        }
      },
    );
    await sleep(1500);
    let index = 1000;
    for (const { name, text } of makeEvents(random, 300, index)) {
      writeFileSync(join(events(path), name), text);
      landed.set(index++, performance.now());
      await sleep(5 + (index % 7) * 3);
    }
    await sleep(500);
    if (delays.length !== 300) throw new Error(`tail -f printed ${delays.length} of 300 events`);
    const cpu = cpuOf(child.pid);
    await sleep(20_000);
    const idle = (cpuOf(child.pid) - cpu) / 20_000;
    child.kill();
    return [
      {
        work: '`tail -f`: from the end of a write to the printed line, 99th percentile',
        ms: percentile(delays, 0.99),
        limit: 50,
      },
      { work: '`tail -f`: use of one core while idle', percent: idle * 100, limit: 0.5 },
    ];
  },

  scale({ conversation, cache, sizes }) {
    return sizes.map((size) => {
      const path = conversation(size);
      rmSync(cache, { recursive: true, force: true });
      const count = ['count', path, '-k', 'agent-error', '--cache-dir', cache];
      run(shell(`find "$1" -name 'event-*' -print0 | xargs -0 cat | wc -c`, events(path))); // warm
      const first = run(convoscope(...count)).ms;
      const cached = median([1, 2, 3].map(() => run(convoscope(...count)).ms));
      const text = median(
        [1, 2, 3].map(() => run(convoscope('count', path, '-t', RARE, '--cache-dir', cache)).ms),
      );
      const tail = median(
        [1, 2, 3].map(() => run(convoscope('tail', path, '--cache-dir', cache)).ms),
      );
      const verify = run(convoscope('verify', path)).ms;
      const memory = {
        count: peakMemory('count', path, '-k', 'agent-error', '--no-cache'),
        search: peakMemory('search', path, '--no-cache'),
        verify: peakMemory('verify', path),
      };
      return { size, scale: { first, cached, text, tail, verify }, memory };
    });
  },
};

function hasDuckDb(root) {
  mkdirSync(root, { recursive: true });
  return (
    spawnSync(process.execPath, ['--input-type=module', '-e', "await import('@duckdb/node-api')"], {
      stdio: 'ignore',
    }).status === 0
  );
}
