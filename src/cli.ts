import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT } from './command-line/exit-codes.ts';
import type { StartAction } from './command-line/options/common-options.ts';
import { cacheCommand } from './commands/cache.ts';
import { countCommand } from './commands/count.ts';
import { sealCommand } from './commands/seal.ts';
import { searchCommand } from './commands/search.ts';
import { tailCommand } from './commands/tail.ts';
import { verifyCommand } from './commands/verify.ts';
import { UsageError } from './domain/errors.ts';
import { safeLine } from './report/text/terminal-safe.ts';

const streams = { stdout: process.stdout, stderr: process.stderr, env: process.env };

process.on('SIGINT', () => process.exit(EXIT.interrupted));
process.on('SIGTERM', () => process.exit(EXIT.terminated));
process.on('SIGHUP', () => process.exit(EXIT.hungUp));
// A reader that has seen enough (`| head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const isClosed = error.code === 'EPIPE';
  process.exit(isClosed ? EXIT.done : fail(new UsageError(`can't write output: ${error.code}`)));
});
// Notes that nobody can read change nothing of the work.
process.stderr.on('error', () => {});

const start: StartAction = async (work) => {
  process.exitCode = await work(streams);
};

type Make = (start: StartAction) => Command;

/** In the groups and the order of the help. What is not asked for most is loaded when it is. */
const COMMANDS: Record<string, Record<string, () => Make | Promise<Make>>> = {
  'Look:': {
    ls: async () => (await import('./commands/ls.ts')).lsCommand,
    show: async () => (await import('./commands/show.ts')).showCommand,
    calls: async () => (await import('./commands/calls.ts')).callsCommand,
    stats: async () => (await import('./commands/stats.ts')).statsCommand,
    tree: async () => (await import('./commands/tree.ts')).treeCommand,
    diff: async () => (await import('./commands/diff.ts')).diffCommand,
    where: async () => (await import('./commands/where.ts')).whereCommand,
  },
  'Find:': {
    search: () => searchCommand,
    count: () => countCommand,
    tail: () => tailCommand,
  },
  'Check:': {
    verify: () => verifyCommand,
    seal: () => sealCommand,
  },
  'Keep:': {
    export: async () => (await import('./commands/export.ts')).exportCommand,
    cache: () => cacheCommand,
  },
  'Also:': {
    completion: async () => (await import('./commands/completion/completion.ts')).completionCommand,
  },
};

/** Called by scripts and the build, and not by people. They look at all commands. */
const HIDDEN: Record<string, () => Promise<Make>> = {
  __complete: async () => (await import('./commands/completion/complete.ts')).completeCommand,
  __manual: async () => (await import('./commands/manual.ts')).manualCommand,
};

const EXAMPLES = `
Examples:
  convoscope ls                          what there is
  convoscope calls @latest               what the agent did last
  convoscope search @latest pytest       text, in the conversation last written
  convoscope tail -f                     watch the agent at work
  convoscope verify --all                check all that is stored`;

const program = new Command('convoscope')
  .description('Inspect OpenHands conversations on disk.')
  .version(manifest.version)
  .configureHelp({
    // All take options: what is left fits 80 columns.
    subcommandTerm: (command) =>
      `${command.name()} ${command.usage().replace('[options]', '').trim()}`,
  })
  .addHelpText('after', EXAMPLES)
  .showSuggestionAfterError();

async function run(): Promise<void> {
  // One that is named is made alone; the help, and who mistypes, needs all.
  const [named = '', about = ''] = process.argv.slice(2);
  const isKnown = (name: string) =>
    Object.values(COMMANDS).some((group) => Object.hasOwn(group, name));
  const isOne = isKnown(named) || named === '--version' || named === '-V';
  for (const [heading, group] of Object.entries(COMMANDS)) {
    program.commandsGroup(heading);
    for (const [name, load] of Object.entries(group)) {
      if (!isOne || name === named) program.addCommand((await load())(start));
    }
  }
  program.helpCommand('help [command]', 'show the help of a command');
  const hidden = Object.hasOwn(HIDDEN, named) && (await HIDDEN[named]?.());
  if (hidden) program.addCommand(hidden(start), { hidden: true });
  for (const command of [program, ...program.commands]) {
    // The error boundary below is the one place that tells of errors.
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  // Of a command that there is not, the error tells which was meant, and the general help does not.
  const isLost = named === 'help' && about !== '' && about !== 'help' && !isKnown(about);
  await (isLost ? program.parseAsync([about], { from: 'user' }) : program.parseAsync());
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
  process.stderr.write(`convoscope: ${safeLine(text)}\n`);
  if (!isOurs && process.env.CONVOSCOPE_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
  return EXIT.usage;
}
