// npm run bench [-- group …] [--rounds n] [--million]
//
// Makes its data (fixed seeds, see generate.mjs) in $CONVOSCOPE_BENCH_DATA or a temporary folder, checks that all
// tools give the same answer, runs them in turn, and prints medians and ratios. With all groups, writes
// bench/RESULTS.md. DuckDB takes part after `npm install --no-save @duckdb/node-api`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeConversation, writeFleet } from './generate.mjs';
import { GROUPS, rest } from './rows.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, million: { type: 'boolean' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(GROUPS);
const root = process.env.CONVOSCOPE_BENCH_DATA ?? mkdtempSync(join(tmpdir(), 'convoscope-bench-'));

/** The only folder in a folder, made by `make` if there is none yet. */
function made(name, make) {
  const folder = join(root, name);
  if (!existsSync(folder)) {
    process.stderr.write(`making ${name} …\n`);
    make(folder);
  }
  return folder;
}

function conversation(events) {
  const folder = made(String(events), (at) => rest(writeConversation(at, events, 7).path));
  return join(folder, readdirSync(folder)[0]);
}

const context = {
  root,
  cache: join(root, 'cache'),
  rounds: Number(values.rounds),
  sizes: [1000, 10_000, 100_000, ...(values.million ? [1_000_000] : [])],
  conversation,
  /** A copy that may be changed. */
  copy(events) {
    const to = join(root, 'copy', String(events));
    rmSync(to, { recursive: true, force: true });
    cpSync(conversation(events), to, { recursive: true, preserveTimestamps: true });
    return to;
  },
  fleet() {
    const path = made('fleet', (at) => writeFleet(at, 433, 39_870, 433));
    const folders = readdirSync(path).map((id) => join(path, id, 'events'));
    return { path, folders, events: 39_870 };
  },
};

const rows = [];
for (const name of names) {
  process.stderr.write(`${name} …\n`);
  rows.push(...(await GROUPS[name](context)));
}
const report = `${tableOf(rows.filter(({ scale }) => !scale))}${scaleOf(rows.filter(({ scale }) => scale))}`;
process.stdout.write(report);
if (positionals.length === 0) {
  const file = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
  writeFileSync(file, `${headOf()}\n${report}`);
}
if (!process.env.CONVOSCOPE_BENCH_DATA) rmSync(root, { recursive: true });

function tableOf(list) {
  if (list.length === 0) return '';
  const lines = list.map((row) => {
    if (row.skipped) return `| ${row.work} | | | not run: ${row.skipped} | |`;
    const limit = row.limit === undefined ? '' : `${row.limit}${unitOf(row)}`;
    if (row.mb !== undefined) return `| ${row.work} | ${row.mb.toFixed(0)} MB | | | ${limit} |`;
    if (row.percent !== undefined)
      return `| ${row.work} | ${row.percent.toFixed(2)} % | | | ${limit} |`;
    if (row.ms !== undefined) return `| ${row.work} | ${row.ms.toFixed(0)} ms | | | ${limit} |`;
    return `| ${row.work} | ${row.ours.toFixed(0)} ms | ${row.name}: ${row.base.toFixed(0)} ms | ${row.ratio.toFixed(2)} | ${limit} |`;
  });
  return `| work | convoscope | against | ratio | at most |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

function unitOf(row) {
  if (row.mb !== undefined) return ' MB';
  if (row.percent !== undefined) return ' %';
  return row.ms === undefined ? '' : ' ms';
}

function scaleOf(list) {
  if (list.length === 0) return '';
  const lines = list.map(({ size, scale, memory }) => {
    const times = Object.values(scale).map((ms) => `${(ms / 1000).toFixed(2)} s`);
    const sizes = Object.values(memory).map((mb) => `${mb.toFixed(0)} MB`);
    return `| ${size.toLocaleString('en')} | ${[...times, ...sizes].join(' | ')} |`;
  });
  const head =
    '| events | first `count -k` | cached | `count -t`, cached | `tail`, cached | `verify` | memory: `count -k` | `search` | `verify` |';
  return `\nOne conversation, growing:\n\n${head}\n|${' --- |'.repeat(9)}\n${lines.join('\n')}\n`;
}

function headOf() {
  const version = (command, ...args) =>
    (spawnSync(command, args, { encoding: 'utf8' }).stdout ?? '').split('\n')[0].trim();
  const tools = [
    `Node ${process.version}`,
    version('rg', '--version'),
    version('jq', '--version'),
    version('python3', '--version'),
  ].filter(Boolean);
  return `# Measured

By \`npm run bench -- \` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}; ${tools.join(', ')}.
Medians of runs in turn, in one session; wall time of the whole command, start-up included. A shared machine: trust the ratios.
`;
}
