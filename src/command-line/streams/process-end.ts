import { endBySignal } from '../../storage/writing/clean-up.ts';
import { EXIT } from '../exit-codes.ts';
import type { ProcessStreams } from '../output.ts';
import { isTerminal } from './standard-stream.ts';

const STANDARD_STREAMS = [0, 1, 2];
const TERMINAL_CHECKED_EVERY_MS = 1000;

/**
 * Ends the process, quietly, when nobody reads its output any more. There are no handlers of signals: see clean-up.ts.
 */
export function endWithStreams({
  stdout,
  stderr,
}: Pick<ProcessStreams, 'stdout' | 'stderr'>): void {
  const terminals = STANDARD_STREAMS.filter(isTerminal);
  const endWithTerminal = () => {
    if (terminals.some((fd) => !isTerminal(fd))) endBySignal('SIGHUP');
  };
  // Node restores the state of its terminals when it ends, and crashes with a stack trace if one was closed.
  process.on('exit', endWithTerminal);
  // If the shell ignores SIGHUP, nothing else says that the terminal was closed, and `tail -f` would wait for ever.
  if (terminals.length > 0) setInterval(endWithTerminal, TERMINAL_CHECKED_EVERY_MS).unref();
  stdout.onError(({ code }) => {
    // A reader that has seen enough (`| head -1`) is no error.
    if (code === 'EPIPE') process.exit(EXIT.done);
    endWithTerminal();
    stderr.write(`convoscope: can't write output: ${code}\n`);
    process.exit(EXIT.usage);
  });
  // A stderr that nobody can read changes nothing about the work.
  stderr.onError(() => {});
}
