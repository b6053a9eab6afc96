import type { Command } from 'commander';
import type { StartAction } from '../../src/command-line/options/common-options.ts';
import { cleanEnv } from './cli.ts';

// Each run waits for the end of the process.
process.setMaxListeners(0);

/** Runs a command in this process, as through pipes: many times faster than a process of its own. */
export async function inside(
  make: (start: StartAction) => Command,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({
      write(chunk: string | Buffer) {
        written[name] += chunk;
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
  const streams = { stdout: stream('stdout'), stderr: stream('stderr'), env: cleanEnv() };
  let code = -1;
  const command = make(async (work) => {
    code = await work(streams);
  });
  command.exitOverride().configureOutput({ outputError: () => {} });
  await command.parseAsync(args, { from: 'user' });
  return { code, ...written };
}
