import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { isIdPrefix } from '../domain/ids.ts';
import { statOf } from '../storage/paths.ts';
import { UsageError } from './usage-error.ts';

/** Makes a command to see which options it has; undefined if there is no command of this name. */
export type FindCommand = (name: string) => Promise<Command | undefined>;

/**
 * Moves options that stand before the command behind it: `--json search x` means `search --json x`. The command is the
 * first word before which all words are its options and their values.
 *
 * @throws UsageError if there is none
 */
export async function commandFirst(
  args: readonly string[],
  findCommand: FindCommand,
): Promise<readonly string[]> {
  let named: string | undefined;
  for (const [at, word] of args.entries()) {
    if (word === '--') break;
    const command = word.startsWith('-') ? undefined : await findCommand(word);
    if (!command) continue;
    named ??= word;
    const before = args.slice(0, at);
    if (areOptions(before, command)) return [word, ...before, ...args.slice(at + 1)];
  }
  const [option = ''] = args;
  throw new UsageError(
    named === undefined
      ? `${option}: a command is needed before its options, as in search @latest ${option}; --help lists the commands`
      : `${option}: not an option of ${named}; convoscope ${named} --help lists those that it has`,
  );
}

/** Whether words are options that a command has, with their values. */
function areOptions(words: readonly string[], command: Command): boolean {
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    return operands.length === 0 && unknown.length === 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // An invalid value is reported when the command is run.
    return error.code !== 'commander.optionMissingArgument';
  }
}

/** Commands that show a conversation, in the order in which they are suggested. */
const CONVERSATION_COMMANDS = ['why', 'calls', 'show', 'search'];
const CONVERSATION_WORDS = ['@latest', '@all'];

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
  if (!isPath && !isIdPrefix(word) && !CONVERSATION_WORDS.includes(word)) return undefined;
  const shown = /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  const [first, ...others] = CONVERSATION_COMMANDS.filter(isCommand);
  return `${word}: a command is needed before the conversation: convoscope ${first} ${shown} (or ${others.join(', ')}, …; --help lists the commands)`;
}
