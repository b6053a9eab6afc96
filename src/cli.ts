import { EXIT } from './command-line/exit-codes.ts';
import { runProgram } from './program.ts';

const { stdout, stderr, env, argv } = process;

process.on('SIGINT', () => process.exit(EXIT.interrupted));
process.on('SIGTERM', () => process.exit(EXIT.terminated));
process.on('SIGHUP', () => process.exit(EXIT.hungUp));
stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head -1`) is no error.
  if (code === 'EPIPE') process.exit(EXIT.done);
  stderr.write(`convoscope: can't write output: ${code}\n`);
  process.exit(EXIT.usage);
});
// A stderr that nobody can read changes nothing about the work.
stderr.on('error', () => {});

// No top-level await: the bundle is CommonJS, which Node starts faster than modules.
runProgram(argv.slice(2), { stdout, stderr, env }).then((exitCode) => {
  process.exitCode = exitCode;
});
