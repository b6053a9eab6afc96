import { isatty } from 'node:tty';
import { EXIT } from './command-line/exit-codes.ts';
import { reportUncaught, runProgram } from './program.ts';
import { endBySignal } from './storage/clean-up.ts';

const { stdout, stderr, env, argv } = process;
const streams = { stdout, stderr, env };

// There are no handlers of signals here: see clean-up.ts.
stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head -1`) is no error.
  if (code === 'EPIPE') process.exit(EXIT.done);
  if (code === 'EIO' && terminals.includes(1)) endBySignal('SIGHUP');
  stderr.write(`convoscope: can't write output: ${code}\n`);
  process.exit(EXIT.usage);
});
// A stderr that nobody can read changes nothing about the work.
stderr.on('error', () => {});

const STANDARD_STREAMS = [0, 1, 2];
const TERMINAL_CHECKED_EVERY_MS = 1000;
const terminals = STANDARD_STREAMS.filter((fd) => isatty(fd));
const endWithTerminal = () => {
  if (terminals.some((fd) => !isatty(fd))) endBySignal('SIGHUP');
};
// Node restores the state of its terminals when it ends, and crashes with a stack trace if one was closed.
process.on('exit', endWithTerminal);
// If the shell ignores SIGHUP, nothing else says that the terminal was closed, and `tail -f` would wait for ever.
if (terminals.length > 0) setInterval(endWithTerminal, TERMINAL_CHECKED_EVERY_MS).unref();
process.on('uncaughtException', (error) => process.exit(reportUncaught(error, streams)));

// No top-level await: the bundle is CommonJS, which Node starts faster than modules.
runProgram(argv.slice(2), streams).then((exitCode) => {
  process.exitCode = exitCode;
});
