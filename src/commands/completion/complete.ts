import { type Argument, Command, CommanderError, Option } from 'commander';
import type { StartAction } from '../../command-line/define-command.ts';
import { EXIT } from '../../command-line/exit-codes.ts';
import { collectList } from '../../command-line/options/option-values.ts';
import { SortOption } from '../../command-line/options/sort-option.ts';
import { CoreError } from '../../domain/errors.ts';
import { KINDS, shortKind } from '../../domain/event-kinds.ts';
import { SOURCES } from '../../domain/sources.ts';
import { STATUSES } from '../../domain/state-file.ts';
import { conversationsUnder, findRoots } from '../../locating/roots.ts';
import { subagentsOf } from '../../locating/subagents.ts';
import { safeLine } from '../../report/text/terminal-safe.ts';
import { lastWritten } from '../../storage/conversation-folder.ts';
import { readTitle } from '../../storage/conversation-state.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { localZone } from '../../time/zone.ts';

/** The words that can be inserted at one position of the command line. */
interface Completions {
  readonly candidates: readonly Candidate[];
  /** Paths that the shell completes itself, in addition to the candidates; `open`: none, and more follows the candidate. */
  readonly paths?: 'files' | 'folders' | 'open';
}

/** A word that can be inserted, and its meaning. */
type Candidate = readonly [value: string, about?: string];

/** The values that completions can depend on. */
interface CompletionContext {
  readonly program: Command;
  readonly command: Command;
  /** The first operand: the conversation, for commands with a filter. */
  readonly which: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

type Completer = (context: CompletionContext) => Completions | Promise<Completions>;

/** The completers of options and operands, by the names of their values in the help. */
const COMPLETERS: Record<string, Completer> = {
  command: ({ program }) => ({ candidates: commandsOf(program) }),
  conversation: (context) => ({ candidates: conversations(context), paths: 'folders' }),
  path: (context) => ({ candidates: conversations(context), paths: 'folders' }),
  a: (context) => ({ candidates: conversations(context), paths: 'folders' }),
  b: (context) => ({ candidates: conversations(context), paths: 'folders' }),
  root: () => ({ candidates: [], paths: 'folders' }),
  which: () => just(['active', 'all']),
  status: () => just(STATUSES),
  dir: () => ({ candidates: [], paths: 'folders' }),
  file: () => ({ candidates: [], paths: 'files' }),
  kind: () => just(KINDS.map(shortKind)),
  source: () => just(SOURCES),
  time: () => just(['today', 'yesterday', 'now', '10m', '2h30m', '1d', '1w', '1mo']),
  zone: () => just(['UTC', ...Intl.supportedValuesOf('timeZone')]),
  code: async () => ({ candidates: await codes() }),
  async 'code=level'() {
    const { SEVERITIES } = await import('../../verification/rule.ts');
    const levels = [...SEVERITIES, 'off'];
    return just((await codes()).flatMap(([code]) => levels.map((level) => `${code}=${level}`)));
  },
};

/** The completers of options that are not known by the name of their value. */
const OPTION_COMPLETERS: Record<string, Completer> = {
  '--tool': async (context) => ({ candidates: await fromEvents('toolCandidates', context) }),
  '--where': async (context) => ({
    candidates: await fromEvents('fieldCandidates', context),
    paths: 'open',
  }),
  '--fields': async (context) => ({ candidates: await fromEvents('fieldCandidates', context) }),
};

const just = (values: readonly string[]): Completions => ({ candidates: values.map((v) => [v]) });

/** Words without any character that a shell treats specially. Other words are not offered. */
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;
/** More ids are not offered. */
const MAX_CANDIDATES = 100;
/** Longer descriptions are cut. In UTF-16 units. */
const MAX_DESCRIPTION_CHARS = 60;

/** The hidden command that the shell scripts call. Its operands are the program's name and the words up to the cursor. */
export function completeCommand(start: StartAction): Command {
  return new Command('__complete').argument('[words...]').action((words, _, { parent: program }) =>
    start(async ({ stdout, env }) => {
      const { candidates, paths = 'none' } = await complete(words.slice(1), program, env);
      const lines = candidates.map(([value, about]) => {
        return about ? `${value}\t${truncateEnd(safeLine(about), MAX_DESCRIPTION_CHARS)}` : value;
      });
      stdout.write(`${[paths, ...lines].join('\n')}\n`);
      return EXIT.done;
    }),
  );
}

/** Finds the completions. @param words all words after the program's name; the last is the one to complete */
async function complete(
  words: readonly string[],
  program: Command,
  env: NodeJS.ProcessEnv,
): Promise<Completions> {
  const current = words.at(-1) ?? '';
  const [name, ...before] = words.slice(0, -1);
  const shown = program.createHelp().visibleCommands(program);
  const command = name === undefined ? program : shown.find((one) => one.name() === name);
  const parsed = command && parse(command, before);
  if (!parsed) return just([]);
  const { operands, pendingOption } = parsed;
  const context = { program, command, which: operands[0], env };
  const isOption = current.startsWith('-') && !before.includes('--');
  const [, long, start = ''] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (pendingOption) return completionsFor(pendingOption, current, '', context);
  if (isOption && long) {
    const option = command.options.find((one) => one.long === long);
    return option ? completionsFor(option, start, `${long}=`, context) : just([]);
  }
  if (isOption) return matching({ candidates: optionsOf(command) }, current, '');
  if (command === program) return matching({ candidates: commandsOf(program) }, current, '');
  const expected = command.registeredArguments;
  const last = expected.at(-1);
  const argument = expected[operands.length] ?? (last?.variadic ? last : undefined);
  return argument ? completionsFor(argument, current, '', context) : just([]);
}

/** Parses words as the command would. Undefined if the command would refuse them. */
function parse(
  command: Command,
  before: string[],
): { operands: string[]; pendingOption?: Option } | undefined {
  try {
    return command.parseOptions(before);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const word = before.at(-1) ?? '';
    const flag = word.startsWith('--') ? word : `-${word.at(-1)}`; // in `-qk`, the last letter needs the value
    const pendingOption = command.options.find(
      ({ long, short }) => long === flag || short === flag,
    );
    const isWaiting = error.code === 'commander.optionMissingArgument' && pendingOption;
    return isWaiting ? { ...command.parseOptions(before.slice(0, -1)), pendingOption } : undefined;
  }
}

/**
 * The values of an option or operand that begin with the typed text.
 *
 * @param start the typed beginning of the value
 * @param prefix text before the value, such as `--kind=`
 */
async function completionsFor(
  target: Option | Argument,
  start: string,
  prefix: string,
  context: CompletionContext,
): Promise<Completions> {
  const valueName =
    target instanceof Option ? /[<[]([^>\].]+)/.exec(target.flags)?.[1] : target.name();
  const choices = target instanceof SortOption ? target.words : target.argChoices;
  const completer =
    (target instanceof Option && OPTION_COMPLETERS[target.long ?? '']) ||
    COMPLETERS[valueName ?? ''];
  const all = choices ? just(choices) : await completer?.(context);
  // In a list, the last value is completed.
  const isList =
    target.parseArg === collectList || (target instanceof Option && target.long === '--fields');
  const kept = isList ? start.slice(0, start.lastIndexOf(',') + 1) : '';
  return matching(all ?? just([]), start.slice(kept.length), prefix + kept);
}

function matching(
  { candidates, ...rest }: Completions,
  start: string,
  prefix: string,
): Completions {
  const matches = candidates
    .map(([value, ...about]): Candidate => [prefix + value, ...about])
    .filter(([value]) => value.startsWith(prefix + start) && PLAIN_WORD.test(value));
  // Two conversations can have the same id, and a shell inserts what all candidates have in common.
  return { candidates: [...new Map(matches.map((one) => [one[0], one])).values()], ...rest };
}

function commandsOf(program: Command): Candidate[] {
  const commands = program.createHelp().visibleCommands(program);
  return commands.map((command) => [command.name(), command.description()]);
}

function optionsOf(command: Command): Candidate[] {
  const options = command.createHelp().visibleOptions(command);
  return options.map(({ long, short, description }) => [long ?? short ?? '', description]);
}

async function codes(): Promise<Candidate[]> {
  const { RULES } = await import('../../verification/rules/index.ts');
  return RULES.map(({ code, meaning }) => [code, meaning]);
}

/** Ids under the roots. The one that was written to last is first. */
function conversations(context: CompletionContext): Candidate[] {
  const { env } = context;
  const roots = givenRoots(context);
  const found = attempt(() => findRoots({ roots, env })) ?? [];
  const outermost = attempt(() => conversationsUnder(found, () => {})) ?? [];
  const nested = outermost.flatMap((one) => subagentsOf(one).folders.map(({ folder }) => folder));
  const ids = [...outermost, ...nested]
    .map((folder) => ({ folder, time: attempt(() => lastWritten(folder)) ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .slice(0, MAX_CANDIDATES)
    .map(({ folder, time }): Candidate => {
      const day = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
      return [folder.id, attempt(() => readTitle(folder)) ?? `last written ${day}Z`];
    });
  return [...ids, ['@latest', 'the current folder, else the latest conversation']];
}

/** The values of `--root`. */
function givenRoots({ command, env }: CompletionContext): string[] {
  const given: string[] = command.opts().root ?? [];
  // The shell has not expanded it yet.
  return given.map((root) => root.replace(/^~(?=\/|$)/, env.HOME ?? '~'));
}

/** What the events of the named conversation, or of the latest one, contain. */
async function fromEvents(
  what: 'toolCandidates' | 'fieldCandidates',
  context: CompletionContext,
): Promise<readonly Candidate[]> {
  const candidatesOf = (await import('./event-candidates.ts'))[what];
  const { env, which } = context;
  const lookup = { roots: givenRoots(context), env, zone: localZone(), warn: () => {} };
  return attempt(() => candidatesOf(which, lookup)) ?? [];
}

/**
 * Reads something for a completion. If it can't be read, it is not offered. The error is not reported, because the user
 * only pressed a key.
 */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CoreError) return undefined;
    throw error;
  }
}
