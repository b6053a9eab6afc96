import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { KnownCommands } from './command-line/command-words.ts';
import type { StartAction } from './command-line/define-command.ts';
import { EXIT } from './command-line/exit-codes.ts';
import { suggestion } from './command-line/nearest.ts';
import {
  makeStreams,
  type Output,
  type ProcessStreams,
  type Streams,
} from './command-line/output.ts';
import { UsageError } from './command-line/usage-error.ts';
import { COMMAND_GROUPS, HIDDEN_COMMANDS, isCommand } from './commands/registry.ts';
import { CoreError } from './domain/errors.ts';
import { safeLine } from './report/text/terminal-safe.ts';

const EXAMPLES = `
Examples:
  convoscope ls                          list the stored conversations
  convoscope calls @latest               show what the agent did last
  convoscope search @latest pytest       find text in the latest conversation
  convoscope tail -f                     watch the agent at work
  convoscope verify --all                check every stored conversation`;

/**
 * Runs a command line in this process, as a shell would, except for signals. All errors end here: each becomes one line
 * on stderr and an exit code.
 *
 * @param words without the program's name
 * @returns the exit code
 */
export async function runProgram(
  words: readonly string[],
  processStreams: ProcessStreams,
): Promise<number> {
  const streams = makeStreams(processStreams);
  try {
    let exitCode: number = EXIT.done;
    const args = await checkCommand(words, streams.env);
    const program = await makeProgram(args, streams, async (work) => {
      exitCode = await work(streams);
    });
    const [name, topic = ''] = args;
    // For an unknown command, the error suggests a similar one, but the general help would not.
    const isUnknownTopic = name === 'help' && topic !== '' && topic !== 'help' && !isCommand(topic);
    try {
      await program.parseAsync(isUnknownTopic ? [topic] : args, { from: 'user' });
    } catch (error) {
      throw namingOperand(
        error,
        program.commands.find((command) => command.name() === name),
      );
    }
    return exitCode;
  } catch (error) {
    return reportError(await explained(error, words), streams, words);
  }
}

/** For an operand that is missing, an error that says what it is; any other error as it is. */
function namingOperand(error: unknown, command: Command | undefined): unknown {
  const isMissing = error instanceof CommanderError && error.code === 'commander.missingArgument';
  const missing = command?.registeredArguments.find(
    (argument) => isMissing && error.message.includes(`'${argument.name()}'`),
  );
  if (!command || !missing) return error;
  const { description, argChoices: choices } = missing;
  const what = choices ? choices.join(', ') : description;
  return new UsageError(`${command.name()}: <${missing.name()}> is missing: ${what}`);
}

const PROGRAM_OPTIONS = ['-h', '--help', '-V', '--version', '--'];

/**
 * Puts the command first, if options stand before it.
 *
 * @throws UsageError if options or a conversation stand where a command is needed
 */
async function checkCommand(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const [first = ''] = words;
  if (isCommand(first) || first === '' || first === 'help' || PROGRAM_OPTIONS.includes(first)) {
    return words;
  }
  if (Object.hasOwn(HIDDEN_COMMANDS, first)) return words;
  const { commandFirst, conversationInPlaceOfCommand } = await import(
    './command-line/command-words.ts'
  );
  if (first.startsWith('-')) return commandFirst(words, COMMANDS);
  const problem = conversationInPlaceOfCommand(first, isCommand);
  if (problem !== undefined) throw new UsageError(problem);
  const titled = await titleInPlaceOfCommand(first, env);
  if (titled !== undefined) throw new UsageError(titled);
  return words;
}

/** What to say if a word in place of a command is the beginning of a title; undefined if it is not, or is like a command. */
async function titleInPlaceOfCommand(
  word: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (suggestion(word, COMMANDS.names) !== '') return undefined;
  const { conversationTitled } = await import('./commands/completion/conversation-candidates.ts');
  const { commandFor } = await import('./command-line/command-words.ts');
  const id = conversationTitled(word, env);
  return id && commandFor(id, isCommand, word);
}

/** An unknown option is explained by the commands that have it. */
async function explained(error: unknown, words: readonly string[]): Promise<unknown> {
  const isUnknown = error instanceof CommanderError && error.code === 'commander.unknownOption';
  const [, option] = (isUnknown && /'(--?[^']+)'/.exec(error.message)) || [];
  const command = words.find(isCommand);
  if (option === undefined || command === undefined) return error;
  const { optionAdvice } = await import('./command-line/command-words.ts');
  const advice = await optionAdvice(option, command, COMMANDS);
  return advice.startsWith(',')
    ? new UsageError(`${option}: not an option of ${command}${advice}`)
    : error;
}

/** A command that is made only to see which options it has. */
async function findCommand(name: string): Promise<Command | undefined> {
  const load = Object.values(COMMAND_GROUPS).find((group) => Object.hasOwn(group, name))?.[name];
  const command = load && (await load())(async () => {});
  return command?.exitOverride().configureOutput({ outputError: () => {} });
}

const COMMANDS: KnownCommands = {
  names: Object.values(COMMAND_GROUPS).flatMap(Object.keys),
  find: findCommand,
};

/** Makes only the named command. All commands are made only for the help, and to suggest a name after a typo. */
async function makeProgram(
  [named = '']: readonly string[],
  streams: Streams,
  start: StartAction,
): Promise<Command> {
  const program = new Command('convoscope')
    .description('Inspect OpenHands conversations on disk.')
    .version(manifest.version)
    .configureHelp({
      // Every command has options. Without `[options]`, the list fits into 80 columns.
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replace('[options]', '').trim()}`,
    })
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError();
  const isSingle = isCommand(named) || named === '--version' || named === '-V';
  for (const [heading, group] of Object.entries(COMMAND_GROUPS)) {
    program.commandsGroup(heading);
    for (const [name, load] of Object.entries(group)) {
      if (!isSingle || name === named) program.addCommand((await load())(start));
    }
  }
  program.helpCommand('help [command]', 'show the help of a command');
  const hidden = Object.hasOwn(HIDDEN_COMMANDS, named) && (await HIDDEN_COMMANDS[named]?.());
  if (hidden) program.addCommand(hidden(start), { hidden: true });
  const { stdout, stderr } = streams;
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => widthOf(stdout),
      getErrHelpWidth: () => widthOf(stderr),
      outputError: () => {}, // `reportError` prints it
    });
  }
  return program;
}

const DEFAULT_COLUMNS = 80;

function widthOf({ isTerminal, size }: Output): number {
  return (isTerminal && size.columns) || DEFAULT_COLUMNS;
}

/** Longer values of the command line are cut where an error repeats them. In UTF-16 units. */
const MAX_VALUE_CHARS = 500;
const CUT_VALUE_CHARS = 100;

/** A message in which long values of the command line are cut. */
function withShortValues(message: string, words: readonly string[]): string {
  const values = words.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)]);
  return values
    .filter((value) => value.length > MAX_VALUE_CHARS)
    .reduce(
      (text, value) => text.replaceAll(value, () => `${value.slice(0, CUT_VALUE_CHARS)}…`),
      message,
    );
}

/** Prints an error in one line. @param words the command line @returns the exit code */
function reportError(
  error: unknown,
  { stderr, env }: Streams,
  words: readonly string[] = [],
): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done; // --help, --version
  const { message, code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'commander.help') return EXIT.usage; // no command was given, and the help was printed
  const isExpected = [UsageError, CoreError, CommanderError].some((kind) => error instanceof kind);
  const isSystem = syscall !== undefined; // the operating system refused something
  const isInternal = !isExpected && !isSystem;
  const text = isInternal ? `internal error: ${message}` : message.replace(/^error: /, '');
  stderr.write(`convoscope: ${safeLine(withShortValues(text, words))}\n`);
  if (!isExpected && env.CONVOSCOPE_DEBUG) stderr.write(`${(error as Error).stack}\n`);
  return isInternal ? EXIT.internalError : EXIT.usage;
}

/** Prints an error that nothing else caught. @returns the exit code */
export function reportUncaught(error: unknown, processStreams: ProcessStreams): number {
  return reportError(error, makeStreams(processStreams));
}
