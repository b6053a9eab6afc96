import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnPty } from '@lydell/node-pty';
import { afterAll } from 'vitest';

export const BIN = fileURLToPath(new URL('../../bin/convoscope.js', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Of this test file; gone when it ends. */
const CACHE = mkdtempSync(join(tmpdir(), 'convoscope-cache-'));
afterAll(() => rmSync(CACHE, { recursive: true, force: true }));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** No known root, no colour wish, one zone: what a run prints depends on its arguments alone. */
export function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  const CONVOSCOPE_CACHE_DIR = CACHE;
  return { PATH, TMPDIR, HOME: '/nonexistent', TZ: 'UTC', CONVOSCOPE_CACHE_DIR, ...extra };
}

/** Runs the command line through pipes. */
export function cli(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return run(process.execPath, [BIN, ...args], options);
}

export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: cleanEnv(), ...options });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (data) => {
      stdout += data;
    });
    child.stderr?.setEncoding('utf8').on('data', (data) => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Times of 20 ms without a word, after which a terminal has said all. */
const QUIET = 6;

/** Runs the command line on a pseudo-terminal, where stdout and stderr are one. */
export function terminal(
  args: readonly string[],
  columns = 80,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const pty = spawnPty(process.execPath, [BIN, ...args], {
      cols: columns,
      rows: 40,
      env: cleanEnv({ TERM: 'xterm-256color', PAGER: 'cat', ...env }) as Record<string, string>,
    });
    let output = '';
    // What was written last can come after the end is told.
    let quiet = 0;
    pty.onData((data) => {
      output += data;
      quiet = 0;
    });
    pty.onExit(({ exitCode }) => {
      const timer = setInterval(() => {
        if (++quiet < QUIET) return;
        clearInterval(timer);
        resolve({ code: exitCode, output: output.replaceAll('\r\n', '\n') });
      }, 20);
    });
  });
}
