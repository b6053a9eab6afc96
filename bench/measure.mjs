// Running and timing commands.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/convoscope.js', import.meta.url));
const RSS = fileURLToPath(new URL('./rss.cjs', import.meta.url));

export const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
export const percentile = (list, part) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];

/** Commands to spawn. */
export const node = (...args) => [process.execPath, ...args];
export const convoscope = (...args) => node(BIN, ...args);
export const shell = (script, ...args) => ['bash', '-c', script, 'bash', ...args];

/** Whether a program is installed. */
export const has = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

/** Runs a command until it ends. @returns its output, and its wall time in ms */
export function run([command, ...args], { env = {} } = {}) {
  const start = performance.now();
  const { stdout, stderr, status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 4e9,
    env: { ...process.env, ...env },
  });
  const ms = performance.now() - start;
  if (error || status === null || status > 1) {
    throw new Error(`${command} ${args.join(' ')}: ${error ?? `${status} ${stderr}`}`);
  }
  return { ms, stdout };
}

/** The peak memory of convoscope, in MB. Its output is discarded. */
export function peakMemory(...args) {
  const file = join(tmpdir(), `convoscope-rss-${process.pid}`);
  const env = { CONVOSCOPE_BENCH_RSS: file };
  const [command, ...rest] = node('-r', RSS, BIN, ...args);
  spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, ...env } });
  const mb = Number(readFileSync(file, 'utf8')) / 1000;
  rmSync(file);
  return mb;
}

/** Starts a command and passes on its output as it arrives. */
export function start([command, ...args], onOutput) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8').on('data', onOutput);
  return child;
}

/** CPU time that a process has used, in ms (Linux). */
export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
