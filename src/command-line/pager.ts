import { withCleanUp } from '../storage/writing/clean-up.ts';

/** Run without a shell, so that no shell reports it if it is missing. */
const DEFAULT_PAGER = 'less';
/** Exit codes of a shell that can't find a program, or can't run it. */
const NOT_RUN_CODES = [126, 127];
/** More than a pipe holds before anyone reads from it. In UTF-16 units. */
const PIPE_BUFFER_CHARS = 1 << 20;

/**
 * Shows text in a pager, and waits until it ends. Leaving it early is not an error. While it runs, it handles
 * interrupts itself.
 *
 * @param command a command for the shell
 * @returns whether it ran; if not, the chunks that were taken for it
 */
export async function page(
  command: string,
  chunks: AsyncIterable<string>,
  env: NodeJS.ProcessEnv,
): Promise<{ ran: true } | { ran: false; taken: string[] }> {
  // Not imported, because the bundle leaves this module out: see rolldown.config.js.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(command, {
    shell: command !== DEFAULT_PAGER,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...env }, // as git does: quit if all fits, keep colours, leave the text on the screen
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(127)).on('exit', resolve);
  });
  const { stdin } = child;
  stdin.on('error', ignore); // `put` reports it
  const put = (chunk: string) =>
    new Promise<boolean>((resolve) => stdin.write(chunk, (error) => resolve(!error)));
  process.on('SIGINT', ignore);
  // The pager ends with this process. It handles interrupts itself, but does not hear the other signals.
  const leave = () => void child.kill();
  let taken: string[] = [];
  let accepted = 0;
  let code: number | null = null;
  const feed = async () => {
    try {
      for await (const chunk of chunks) {
        // Once more than a pipe holds has been accepted, the pager is running and reading.
        taken = accepted > PIPE_BUFFER_CHARS ? [] : [...taken, chunk];
        if (!(await put(chunk))) break;
        accepted += chunk.length;
      }
    } finally {
      stdin.end();
      code = await ended;
    }
  };
  try {
    await withCleanUp(leave, feed, ['SIGTERM', 'SIGHUP']);
  } finally {
    process.off('SIGINT', ignore);
  }
  return NOT_RUN_CODES.includes(code ?? 0) ? { ran: false, taken } : { ran: true };
}

function ignore(): void {}
