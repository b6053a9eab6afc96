// `convoscope verify` over many conversations against `jq -e type` over the same files, in turn.
// Data: 433 conversations, 39,870 events, about 227 MB, sizes as docs of the format tell; fixed seed.
// Run: npm run bench   (needs jq; CONVOSCOPE_BENCH_DATA keeps the data in a folder)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONVERSATIONS = 433;
const EVENTS = 39_870;
const RUNS = 5;
const bin = fileURLToPath(new URL('../bin/convoscope.js', import.meta.url));

let seed = 433;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const hex = (length) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
const words =
  'the agent ran tests and found that a module import failed because path was not set'.split(' ');
const prose = (length) => {
  let text = '';
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `;
  return text.slice(0, length);
};
// Median 1.4 KB, mean 5.7 KB, largest 260 KB: observations hold most of it.
const size = () =>
  Math.min(260_000, Math.exp(6.9 + 1.65 * (random() + random() + random() - 1.5) * 2));

function generate(root) {
  let left = EVENTS;
  for (let at = 0; at < CONVERSATIONS; at++) {
    const count =
      at === CONVERSATIONS - 1 ? left : Math.round((EVENTS / CONVERSATIONS) * (0.5 + random()));
    const events = Math.min(count, left - (CONVERSATIONS - at - 1));
    left -= events;
    const id = hex(32);
    const folder = join(root, id, 'events');
    mkdirSync(folder, { recursive: true });
    const state = {
      id,
      agent: { kind: 'Agent', llm: { model: 'x' } },
      workspace: { kind: 'LocalWorkspace' },
    };
    writeFileSync(join(root, id, 'base_state.json'), JSON.stringify(state));
    let action;
    for (let index = 0; index < events; index++) {
      const base = {
        id: uuid(),
        timestamp: new Date(1.77e12 + at * 1e7 + index * 5000).toISOString().slice(0, -1),
      };
      const call = { tool_name: 'terminal', tool_call_id: `call-${index >> 1}` };
      const event =
        index % 2 === 0
          ? {
              ...base,
              source: 'agent',
              ...call,
              thought: [],
              action: { kind: 'TerminalAction', command: prose(size() / 3) },
              tool_call: { id: call.tool_call_id },
              llm_response_id: hex(8),
              kind: 'ActionEvent',
            }
          : {
              ...base,
              source: 'environment',
              ...call,
              action_id: action,
              observation: {
                kind: 'TerminalObservation',
                content: [{ type: 'text', text: prose(size() * 2.6) }],
                exit_code: 0,
              },
              kind: 'ObservationEvent',
            };
      if (index % 2 === 0) action = base.id;
      writeFileSync(
        join(folder, `event-${String(index).padStart(5, '0')}-${base.id}.json`),
        JSON.stringify(event),
      );
    }
  }
}

const given = process.env.CONVOSCOPE_BENCH_DATA;
const root = given ?? mkdtempSync(join(tmpdir(), 'convoscope-bench-'));
if (!given || !existsSync(root)) generate(root);

function time(command, args) {
  const start = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status === null || status > 1)
    throw new Error(`${command} failed: ${error ?? status}`);
  return performance.now() - start;
}

const tools = {
  'convoscope verify': () =>
    time(process.execPath, [bin, 'verify', root, '--ignore', 'unmatched-action']),
  'jq -e type': () =>
    time('bash', ['-c', `find "$0" -name 'event-*.json' -print0 | xargs -0 jq -e type`, root]),
};
const times = Object.fromEntries(Object.keys(tools).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) for (const name in tools) times[name].push(tools[name]());
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const base = median(times['jq -e type']);
process.stdout.write(
  `${CONVERSATIONS} conversations, ${EVENTS} events; medians of ${RUNS}; Node ${process.version}, ${cpus().length} cores\n`,
);
for (const name in tools) {
  const ms = median(times[name]);
  process.stdout.write(
    `${name.padEnd(20)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / base).toFixed(2)} x jq\n`,
  );
}
if (!given) rmSync(root, { recursive: true });
