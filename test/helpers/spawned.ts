import { type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { spawn as spawnPty } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { BIN, cleanEnv, TERMINAL_ROWS, terminalEnv, withoutProgress } from './environment.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line in a process of its own, through pipes. */
export function spawnCli(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return run(process.execPath, [BIN, ...args], options);
}

/** The exit code that a shell sees of a process, which a signal may have ended. */
export function shellCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}

/** Runs any program through pipes. It is killed when the test ends first. */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: cleanEnv(), ...options });
    onTestFinished(() => void child.kill('SIGKILL'));
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

/** A program on a pseudo-terminal. */
export interface SpawnedTerminal {
  /** What it has shown so far, with plain line ends. */
  output(): string;
  type(keys: string): void;
  /** Waits until the terminal shows the text. @throws where the program ends without it */
  shows(text: string): Promise<void>;
  readonly ended: Promise<{ code: number; output: string }>;
}

/*
 * What a program has written last can be lost when it ends, because the pseudo-terminal ends with it. So a
 * shell around it prints a marker after it, and keeps the terminal open until the marker has been read.
 */
const END = /<<exit (\d+)>>$/;
const SCRIPT = `trap : INT; "$@"; printf '<<exit %s>>' "$?"; read -r line`;

/** Starts a program on a pseudo-terminal. It is killed when the test ends first. */
export function openTerminal(
  command: string,
  args: readonly string[],
  { columns = 80, env = terminalEnv() }: { columns?: number; env?: NodeJS.ProcessEnv } = {},
): SpawnedTerminal {
  const pty = spawnPty('/bin/sh', ['-c', SCRIPT, 'sh', command, ...args], {
    cols: columns,
    rows: TERMINAL_ROWS,
    // It would take undefined for a text.
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  });
  onTestFinished(() => pty.kill('SIGKILL'));
  let raw = '';
  const output = () => raw.replace(END, '').replaceAll('\r\n', '\n');
  // Only the end is looked at, because the output can be long.
  const exitCode = () => END.exec(raw.slice(-40))?.[1];
  const lookers = new Set<() => void>();
  pty.onData((data) => {
    raw += data;
    for (const look of lookers) look();
  });
  /** Resolves to what the function finds in the output, once it finds something. */
  const find = <T>(search: () => T | undefined) =>
    new Promise<T>((resolve) => {
      const look = () => {
        const found = search();
        if (found === undefined) return;
        lookers.delete(look);
        resolve(found);
      };
      lookers.add(look);
      look();
    });
  return {
    output,
    type: (keys) => pty.write(keys),
    async shows(text) {
      await find(() => (output().includes(text) || exitCode() !== undefined ? true : undefined));
      if (!output().includes(text)) throw new Error(`not shown: ${text}; but: ${output()}`);
    },
    ended: find(exitCode).then((code) => {
      pty.kill('SIGKILL');
      return { code: Number(code), output: withoutProgress(output()) };
    }),
  };
}

/** Runs the built command line on a pseudo-terminal, where stdout and stderr are one. */
export function spawnTerminal(
  args: readonly string[],
  columns = 80,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  const options = { columns, env: terminalEnv(env) };
  return openTerminal(process.execPath, [BIN, ...args], options).ended;
}
