import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { isIdPrefix } from '../domain/ids.ts';
import { statOf } from '../storage/paths.ts';
import { suggestion } from './nearest.ts';
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
  const problems: string[] = [];
  for (const [at, word] of args.entries()) {
    if (word === '--') break;
    const command = word.startsWith('-') ? undefined : await findCommand(word);
    if (!command) continue;
    const before = args.slice(0, at);
    const problem = problemOf(before, command);
    if (problem === undefined) return [word, ...before, ...args.slice(at + 1)];
    problems.push(problem);
  }
  const [option = ''] = args;
  throw new UsageError(
    problems[0] ??
      `${option}: a command is needed before its options, as in search @latest ${option}; --help lists the commands`,
  );
}

/** What keeps words before a command from being its options, with their values; undefined if nothing does. */
function problemOf(words: readonly string[], command: Command): string | undefined {
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    const [word] = [...unknown, ...operands];
    if (word === undefined) return undefined;
    const name = command.name();
    const option = word.replace(/=.*/s, '');
    const known = command.options.flatMap(({ long }) => long ?? []);
    return `${option}: not an option of ${name}${suggestion(option, known)}; convoscope ${name} --help lists those that it has`;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // An invalid value is reported when the command is run.
    if (error.code !== 'commander.optionMissingArgument') return undefined;
    return `${words.at(-1)}: needs a value, and a command comes next: ${command.name()}`;
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
  const shown = /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  const [first, ...others] = CONVERSATION_COMMANDS.filter(isCommand);
  return `${word}: a command is needed before the conversation: convoscope ${first} ${shown} (or ${others.join(', ')}, …; --help lists the commands)`;
}
