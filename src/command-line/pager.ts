/** Run as it is, so that nobody is told where it is missing. */
const DEFAULT_PAGER = 'less';
/** What a shell exits with that finds no such program, or may not run it. */
const NOT_RUN_CODES = [126, 127];
/** More than a pipe holds before somebody takes of it. In UTF-16 units. */
const PIPE_BUFFER_CHARS = 1 << 20;

/**
 * Shows text in a pager, and waits until it ends. Leaving it early is no error, and an interrupt is
 * its own affair while it runs.
 *
 * @param command for the shell
 * @returns whether it ran; if not, what was taken of the chunks in vain
 */
export async function page(
  command: string,
  chunks: AsyncIterable<string>,
  env: NodeJS.ProcessEnv,
): Promise<{ ran: true } | { ran: false; taken: string[] }> {
  // Not imported: the bundle leaves it out, for commander's sake.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(command, {
    shell: command !== DEFAULT_PAGER,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...env }, // as git: quit where all fits, keep colours, leave the screen
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(127)).on('exit', resolve);
  });
  const { stdin } = child;
  stdin.on('error', ignore); // told to `put`
  const put = (chunk: string) =>
    new Promise<boolean>((resolve) => stdin.write(chunk, (error) => resolve(!error)));
  const interrupts = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT').on('SIGINT', ignore);
  const leave = () => child.kill(); // terminated, it takes the pager along
  process.on('exit', leave);
  let taken: string[] = [];
  let accepted = 0;
  let code: number | null;
  try {
    for await (const chunk of chunks) {
      // Once more than a pipe's worth has been accepted, somebody is there who takes it.
      taken = accepted > PIPE_BUFFER_CHARS ? [] : [...taken, chunk];
      if (!(await put(chunk))) break;
      accepted += chunk.length;
    }
  } finally {
    stdin.end();
    code = await ended;
    process.off('exit', leave).off('SIGINT', ignore);
    for (const listener of interrupts) process.on('SIGINT', listener);
  }
  return NOT_RUN_CODES.includes(code ?? 0) ? { ran: false, taken } : { ran: true };
}

function ignore(): void {}
