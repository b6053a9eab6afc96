import type { OutputStream } from '../../src/command-line/streams/standard-stream.ts';
import { runProgram } from '../../src/program.ts';
import { cleanEnv, TERMINAL_ROWS } from './environment.ts';

export interface RunOptions {
  /** The whole environment; left out, `cleanEnv()`. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string | undefined;
  /** Width of a terminal; left out, stdout and stderr are pipes. */
  readonly columns?: number;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order of writing: what a terminal shows. */
  readonly output: string;
}

let latest: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line in this process, many times faster than in a process of its own. Environment and
 * current folder belong to the process, so runs wait for one another.
 *
 * There are no worker threads: their script is only in the build. Whatever needs them, or signals, or real
 * streams, must be run with `spawned.ts`.
 *
 * @param onOutput is called after every write, to watch a run that goes on
 */
export function runInProcess(
  args: readonly string[],
  options: RunOptions = {},
  onOutput: (stream: 'stdout' | 'stderr', text: string) => void = () => {},
): Promise<Finished> {
  const run = latest.then(() => runAlone(args, options, onOutput));
  latest = run.catch(() => {});
  return run;
}

async function runAlone(
  args: readonly string[],
  { env = cleanEnv(), cwd, columns }: RunOptions,
  onOutput: (stream: 'stdout' | 'stderr', text: string) => void,
): Promise<Finished> {
  const writes: { stream: 'stdout' | 'stderr'; bytes: Buffer }[] = [];
  const makeStream = (stream: 'stdout' | 'stderr') =>
    ({
      drained: async () => {},
      onError() {},
      isTTY: columns !== undefined,
      ...(columns !== undefined && { columns, rows: TERMINAL_ROWS }),
      write(chunk: string | Uint8Array) {
        const bytes = Buffer.from(chunk as string);
        writes.push({ stream, bytes });
        onOutput(stream, bytes.toString());
        return true;
      },
    }) satisfies OutputStream;
  const textOf = (only?: 'stdout' | 'stderr') =>
    Buffer.concat(
      writes.filter(({ stream }) => !only || stream === only).map(({ bytes }) => bytes),
    ).toString();
  const leave = enter(env, cwd);
  try {
    const code = await runProgram(args, {
      stdout: makeStream('stdout'),
      stderr: makeStream('stderr'),
      env,
    });
    return { code, stdout: textOf('stdout'), stderr: textOf('stderr'), output: textOf() };
  } finally {
    leave();
  }
}

/** Gives the process another environment and current folder. @returns a function that restores both */
function enter(env: NodeJS.ProcessEnv, cwd: string | undefined): () => void {
  const before = { env: { ...process.env }, cwd: process.cwd() };
  const listeners = new Set(process.rawListeners('exit'));
  setEnv(env);
  if (cwd !== undefined) process.chdir(cwd);
  return () => {
    setEnv(before.env);
    process.chdir(before.cwd);
    // Each run waits for the end of its process, which here goes on.
    for (const listener of process.rawListeners('exit')) {
      if (!listeners.has(listener)) process.off('exit', listener as () => void);
    }
  };
}

/** What the test runner itself looks at stays. */
const KEPT = /^(?:VITEST|NODE_|V8_|DEV$|PROD$|SSR$|TEST$|MODE$|BASE_URL$|UV_)/;

function setEnv(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (env[name] === undefined && !KEPT.test(name)) delete process.env[name];
  }
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && process.env[name] !== value) process.env[name] = value;
  }
}
