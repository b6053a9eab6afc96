import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { cacheCommand } from './commands/cache.ts';
import { countCommand } from './commands/count.ts';
import { EXIT } from './commands/exit.ts';
import type { Start } from './commands/options.ts';
import { sealCommand } from './commands/seal.ts';
import { searchCommand } from './commands/search.ts';
import { tailCommand } from './commands/tail.ts';
import { verifyCommand } from './commands/verify.ts';
import { UsageError } from './model/errors.ts';
import { visibleLine } from './report/sanitize.ts';

const streams = { stdout: process.stdout, stderr: process.stderr, env: process.env };

process.on('SIGINT', () => process.exit(EXIT.interrupted));
process.on('SIGTERM', () => process.exit(EXIT.terminated));
// A reader that has seen enough (`| head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const isClosed = error.code === 'EPIPE';
  process.exit(isClosed ? EXIT.done : fail(new UsageError(`can't write output: ${error.code}`)));
});
// Notes that nobody can read change nothing of the work.
process.stderr.on('error', () => {});

const start: Start = async (work) => {
  process.exitCode = await work(streams);
};

type Make = (start: Start) => Command;

/** Those that are asked for most are loaded with the program, the others when they are asked for. */
const COMMANDS: Record<string, () => Make | Promise<Make>> = {
  ls: async () => (await import('./commands/ls.ts')).lsCommand,
  where: async () => (await import('./commands/where.ts')).whereCommand,
  show: async () => (await import('./commands/show.ts')).showCommand,
  stats: async () => (await import('./commands/stats.ts')).statsCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  tree: async () => (await import('./commands/tree.ts')).treeCommand,
  calls: async () => (await import('./commands/calls.ts')).callsCommand,
  search: () => searchCommand,
  count: () => countCommand,
  tail: () => tailCommand,
  verify: () => verifyCommand,
  seal: () => sealCommand,
  cache: () => cacheCommand,
};

const program = new Command('convoscope')
  .description('Inspect OpenHands conversations on disk.')
  .version(manifest.version)
  .configureHelp({ showGlobalOptions: false })
  .showSuggestionAfterError();

async function run(): Promise<void> {
  // One that is named is made alone; the help, and who mistypes, needs all.
  const [named = ''] = process.argv.slice(2);
  const isOne = Object.hasOwn(COMMANDS, named) || named === '--version' || named === '-V';
  for (const [name, make] of Object.entries(COMMANDS)) {
    if (!isOne || name === named) program.addCommand((await make())(start));
  }
  for (const command of [program, ...program.commands]) {
    // The error boundary below is the one place that tells of errors.
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  await program.parseAsync();
}

// No top-level await: the bundle is CommonJS, which Node starts faster than modules.
run().catch((error: unknown) => {
  process.exitCode = fail(error);
});

/** Tells of an error in one line. @returns the exit code */
function fail(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done; // --help, --version
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'commander.help') return EXIT.usage; // no command: the help has been shown
  if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return EXIT.interrupted;
  const isOurs = error instanceof UsageError || error instanceof CommanderError;
  const isSystem = 'syscall' in (error as object); // what the machine refused, told in its words
  const text = isOurs || isSystem ? message.replace(/^error: /, '') : `internal error: ${message}`;
  process.stderr.write(`convoscope: ${visibleLine(text)}\n`);
  if (!isOurs && process.env.CONVOSCOPE_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
  return EXIT.usage;
}
