import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { isIdPrefix } from '../domain/ids.ts';
import { quotePath } from '../report/text/safety/shell-quote.ts';
import { statOf } from '../storage/paths.ts';
import { listSome } from '../text/wording.ts';
import { suggestion } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** The commands that there are. */
export interface KnownCommands {
  readonly names: readonly string[];
  /** Makes a command to see which options it has; undefined if there is no command of this name. */
  find(name: string): Promise<Command | undefined>;
}

/**
 * Moves options that stand before the command behind it: `--json search x` means `search --json x`. The command is the
 * first word before which all words are its options and their values.
 *
 * @throws UsageError if there is none
 */
export async function commandFirst(
  args: readonly string[],
  commands: KnownCommands,
): Promise<readonly string[]> {
  let named: string | undefined;
  let withoutValue: UsageError | undefined;
  for (const [at, word] of args.entries()) {
    if (word === '--') break;
    const command = word.startsWith('-') ? undefined : await commands.find(word);
    if (!command) continue;
    named ??= word;
    const before = args.slice(0, at);
    const fit = fitOf(before, command);
    if (fit === 'options') return [word, ...before, ...args.slice(at + 1)];
    if (fit === 'value-missing') {
      const message = `${before.at(-1)}: needs a value, and a command comes next: ${word}`;
      withoutValue ??= new UsageError(message);
    }
  }
  if (withoutValue !== undefined) throw withoutValue;
  if (named !== undefined) throw await optionsBefore(named, args, commands);
  const [option = ''] = args;
  const [command] = await commandsWith(option, commands);
  const why =
    command === undefined
      ? 'a command is needed, and none has this option'
      : `a command is needed before its options, as in ${exampleOf(command)} ${option}`;
  throw new UsageError(`${option}: ${why}; --help lists the commands`);
}

/** What is wrong with options before a command. */
async function optionsBefore(
  command: string,
  args: readonly string[],
  commands: KnownCommands,
): Promise<UsageError> {
  const before = args.slice(0, args.indexOf(command)).filter((word) => word.startsWith('-'));
  for (const option of before) {
    if ((await commandsWith(option, commands)).includes(command)) continue;
    const advice = await optionAdvice(option, command, commands);
    return new UsageError(
      `${option}: not an option of ${command}${advice}; convoscope ${command} --help lists those that it has`,
    );
  }
  return new UsageError(
    `${before.join(' ')}: not understood before ${command}; write options behind the command, each with its value`,
  );
}

/** A command line that an option can be added to. */
function exampleOf(command: string): string {
  return command === 'search' ? 'search @latest' : command;
}

/** The commands that have an option, `search` first. @param option as it was typed, such as `--limit=5` or `-n5` */
async function commandsWith(option: string, { names, find }: KnownCommands): Promise<string[]> {
  const flag = option.startsWith('--') ? option.replace(/=.*$/s, '') : option.slice(0, 2);
  const found: string[] = [];
  for (const name of names) {
    const options = (await find(name))?.options.filter(({ hidden }) => !hidden) ?? [];
    if (options.some(({ long, short }) => long === flag || short === flag)) found.push(name);
  }
  return found.sort((a, b) => Number(b === 'search') - Number(a === 'search'));
}

/** At most so many commands are named. */
const MAX_NAMED_COMMANDS = 4;

/** `, but of calls` if other commands have an option that a command lacks, or else an option of the command that is similar. */
export async function optionAdvice(
  option: string,
  command: string,
  commands: KnownCommands,
): Promise<string> {
  const others = await commandsWith(option, commands);
  if (others.length > 0) return `, but of ${listSome(others, MAX_NAMED_COMMANDS)}`;
  const options = (await commands.find(command))?.options.filter(({ hidden }) => !hidden) ?? [];
  return suggestion(
    option.replace(/=.*$/s, ''),
    options.map(({ long }) => long ?? ''),
  );
}

/** Whether words are options that a command has, with their values. */
function fitOf(words: readonly string[], command: Command): 'options' | 'value-missing' | 'others' {
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    return operands.length === 0 && unknown.length === 0 ? 'options' : 'others';
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // An invalid value is reported when the command is run.
    return error.code === 'commander.optionMissingArgument' ? 'value-missing' : 'options';
  }
}

/** Commands that show a conversation, in the order in which they are suggested. */
const CONVERSATION_COMMANDS = ['why', 'calls', 'show', 'search'];

/**
 * What to say if a word in place of a command names a conversation; undefined if it seems to be a mistyped command.
 *
 * @param isCommand whether there is a command of this name
 */
export function conversationInPlaceOfCommand(
  word: string,
  isCommand: (name: string) => boolean,
): string | undefined {
  const isPath = /[/\\]/.test(word) || statOf(word) !== undefined;
  if (!isPath && !isIdPrefix(word) && word !== '@latest') return undefined;
  return commandFor(word, isCommand);
}

/** Says that a command is needed before a conversation, and which. @param which what names the conversation */
export function commandFor(
  which: string,
  isCommand: (name: string) => boolean,
  typed = which,
): string {
  const [first, ...others] = CONVERSATION_COMMANDS.filter(isCommand);
  return `${typed}: a command is needed before the conversation: convoscope ${first} ${quotePath(which)} (or ${others.join(', ')}, …; --help lists the commands)`;
}
