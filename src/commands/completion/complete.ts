import { type Argument, Command, CommanderError, Option } from 'commander';
import type { StartAction } from '../../command-line/define-command.ts';
import { EXIT } from '../../command-line/exit-codes.ts';
import { collectList } from '../../command-line/options/option-values.ts';
import { SortOption } from '../../command-line/options/sort-option.ts';
import { KINDS, shortKind } from '../../domain/event-kinds.ts';
import { SOURCES } from '../../domain/sources.ts';
import { STATUSES } from '../../domain/state-file.ts';
import { formatNames } from '../../report/output-formats.ts';
import type { SchemaName } from '../../report/schemas/index.ts';
import { safeLine } from '../../report/text/terminal-safe.ts';
import { fit } from '../../report/text/unicode-width.ts';
import { VERIFY_FORMATS } from '../../report/verify/formats.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { localZone } from '../../time/zone.ts';
import { attempt, type Candidate } from './candidate.ts';

/** The words that can be inserted at one position of the command line. */
interface Completions {
  readonly candidates: readonly Candidate[];
  /** Paths that the shell completes itself, in addition to the candidates; `open`: none, and more follows the candidate. */
  readonly paths?: 'files' | 'folders' | 'open';
  /** What stands before such a path in its word, such as `--out=`. */
  readonly prefix?: string;
}

/** The values that completions can depend on. */
interface CompletionContext {
  readonly program: Command;
  readonly command: Command;
  /** The first operand: the conversation, for commands with a filter. */
  readonly which: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

type Completer = (context: CompletionContext, start: string) => Completions | Promise<Completions>;

/** The completers of options and operands, by the names of their values in the help. */
const COMPLETERS: Record<string, Completer> = {
  command: ({ program }) => ({ candidates: commandsOf(program) }),
  conversation: conversations,
  path: conversations,
  a: conversations,
  b: conversations,
  root: () => ({ candidates: [], paths: 'folders' }),
  which: () => just(['active', 'all']),
  status: () => just(STATUSES),
  dir: () => ({ candidates: [], paths: 'folders' }),
  file: () => ({ candidates: [], paths: 'files' }),
  kind: () => just(KINDS.map(shortKind)),
  source: () => just(SOURCES),
  duration: () => just(['500ms', '5s', '1m', '5m', '1h']),
  size: () => just(['128MiB', '256MiB', '512MiB', '1GiB']),
  time: () => just(['today', 'yesterday', 'now', '10m', '2h30m', '1d', '1w', '1mo']),
  zone: () => just(['UTC', ...Intl.supportedValuesOf('timeZone')]),
  code: async () => ({ candidates: await codes() }),
  async version() {
    const { knownVersions } = await import('../../verification/sdk/known-versions.ts');
    return just(['all', ...knownVersions().toReversed()]);
  },
  'format=file'(_, start) {
    const [, prefix] = /^(\w+=)/.exec(start) ?? [];
    if (prefix !== undefined) return { candidates: [], paths: 'files', prefix };
    const formats = formatNames(VERIFY_FORMATS).map((name): Candidate => [`${name}=`]);
    return { candidates: formats, paths: 'open' };
  },
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
  '--fields': async (context) => ({
    candidates: (await itemFields(context)) ?? (await fromEvents('fieldCandidates', context)),
  }),
};

/** Command → the schema of its items. The items of other commands are events. */
const ITEM_SCHEMAS: Record<string, SchemaName> = {
  cache: 'cache-line',
  calls: 'calls-line',
  ls: 'ls-line',
  stats: 'stats',
  tree: 'tree-line',
  where: 'where-line',
};

/** The fields of what the command prints, if its items have a schema. */
async function itemFields({ command }: CompletionContext): Promise<Candidate[] | undefined> {
  const { steps, sort } = command.opts();
  const isOfSteps = command.name() === 'stats' && (steps || sort);
  const schema = isOfSteps ? 'stats-steps-line' : ITEM_SCHEMAS[command.name()];
  if (schema === undefined) return undefined;
  const { fieldNamesIn } = await import('../../report/schemas/field-names.ts');
  return fieldNamesIn(schema).map((name) => [name]);
}

const just = (values: readonly string[]): Completions => ({ candidates: values.map((v) => [v]) });

/** Words without any character that a shell treats specially. Other words are not offered. */
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;
/** Longer descriptions are cut. In columns of the terminal. */
const MAX_ABOUT_WIDTH = 60;
/** Longer ones are cut before they are measured. In UTF-16 units. */
const MAX_ABOUT_CHARS = 10 * MAX_ABOUT_WIDTH;

/** The hidden command that the shell scripts call. Its operands are the program's name and the words up to the cursor. */
export function completeCommand(start: StartAction): Command {
  return new Command('__complete').argument('[words...]').action((words, _, { parent: program }) =>
    start(async ({ stdout, env }) => {
      const { candidates, paths = 'none', prefix } = await complete(words.slice(1), program, env);
      const lines = candidates.map(([value, about]) => {
        return about
          ? `${value}\t${fit(safeLine(truncateEnd(about, MAX_ABOUT_CHARS)), MAX_ABOUT_WIDTH)}`
          : value;
      });
      stdout.write(`${[prefix ? `${paths}\t${prefix}` : paths, ...lines].join('\n')}\n`);
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
  if (pendingOption && !(pendingOption.optional && isOption))
    return completionsFor(pendingOption, current, '', context);
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
  const ofFlag = (flag: string) =>
    command.options.find(({ long, short }) => long === flag || short === flag);
  try {
    const last = before.includes('--') ? undefined : ofFlag(before.at(-1) ?? '');
    // The next word is its value, if it has one.
    return { ...command.parseOptions(before), ...(last?.optional && { pendingOption: last }) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const word = before.at(-1) ?? '';
    const flag = word.startsWith('--') ? word : `-${word.at(-1)}`; // in `-qk`, the last letter needs the value
    const pendingOption = ofFlag(flag);
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
  const all = choices ? just(choices) : await completer?.(context, start);
  // In a list, the last value is completed.
  const isList =
    target.parseArg === collectList || (target instanceof Option && target.long === '--fields');
  const kept = isList ? start.slice(0, start.lastIndexOf(',') + 1) : '';
  return matching(all ?? just([]), start.slice(kept.length), prefix + kept);
}

function matching(
  { candidates, paths, prefix: pathPrefix = '' }: Completions,
  start: string,
  prefix: string,
): Completions {
  const matches = candidates
    .map(([value, ...about]): Candidate => [prefix + value, ...about])
    .filter(([value]) => value.startsWith(prefix + start) && PLAIN_WORD.test(value));
  // Two conversations can have the same id, and a shell inserts what all candidates have in common.
  const unique = [...new Map(matches.map((one) => [one[0], one])).values()];
  const hasPaths = paths === 'files' || paths === 'folders';
  return {
    candidates: unique,
    ...(paths && { paths }),
    ...(hasPaths && { prefix: prefix + pathPrefix }),
  };
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

/** Ids of the conversations under the roots. */
async function conversations(context: CompletionContext): Promise<Completions> {
  const { conversationCandidates } = await import('./conversation-candidates.ts');
  return { candidates: conversationCandidates(givenRoots(context), context.env), paths: 'folders' };
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
