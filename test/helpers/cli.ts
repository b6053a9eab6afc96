import { terminalEnv, withoutProgress } from './environment.ts';
import { type RunOptions, runInProcess } from './in-process.ts';
import type { Ended } from './spawned.ts';

export { BIN, cleanEnv, ROOT } from './environment.ts';
export { type Ended, run } from './spawned.ts';

/** Runs the command line, as through pipes, in this process. */
export async function cli(
  args: readonly string[],
  options: Pick<RunOptions, 'env' | 'cwd'> = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await runInProcess(args, options);
  return { code, signal: null, stdout, stderr };
}

/** Runs the command line, as on a terminal, where stdout and stderr are one. In this process. */
export async function terminal(
  args: readonly string[],
  columns = 80,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  const { code, output } = await runInProcess(args, { columns, env: terminalEnv(env) });
  return { code, output: withoutProgress(output) };
}
