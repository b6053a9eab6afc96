import { type Argument, Command, CommanderError, type Option } from 'commander';
import { EXIT } from '../../command-line/exit-codes.ts';
import { collectList, type StartAction } from '../../command-line/options/common-options.ts';
import { SOURCES } from '../../command-line/options/filter-options.ts';
import { UsageError } from '../../domain/errors.ts';
import { KINDS, shortKind } from '../../domain/event-kinds.ts';
import { STATUSES } from '../../domain/state-file.ts';
import { conversationsIn } from '../../locating/locate.ts';
import { findRoots } from '../../locating/roots.ts';
import { safeLine } from '../../report/text/terminal-safe.ts';
import { lastWritten } from '../../storage/conversation-folder.ts';
import { readTitle } from '../../storage/conversation-state.ts';

/** What can stand in a place of the command line. */
interface Supply {
  readonly candidates: readonly Candidate[];
  /** What the shell is to complete by itself, beside the candidates. */
  readonly paths?: 'files' | 'folders';
}

/** What is put in, and what it stands for. */
type Candidate = readonly [value: string, about?: string];

/** Where on a command line one is. */
interface Scene {
  readonly program: Command;
  readonly command: Command;
  readonly env: NodeJS.ProcessEnv;
}

type Supplier = (scene: Scene) => Supply | Promise<Supply>;

/** What options and operands take, by what their help calls it. */
const SUPPLIERS: Record<string, Supplier> = {
  command: ({ program }) => ({ candidates: commandsOf(program) }),
  conversation: (scene) => ({ candidates: conversations(scene), paths: 'folders' }),
  path: (scene) => ({ candidates: conversations(scene), paths: 'folders' }),
  a: (scene) => ({ candidates: conversations(scene), paths: 'folders' }),
  b: (scene) => ({ candidates: conversations(scene), paths: 'folders' }),
  root: () => ({ candidates: [], paths: 'folders' }),
  which: () => just(['active', 'all']),
  status: () => just(STATUSES),
  dir: () => ({ candidates: [], paths: 'folders' }),
  file: () => ({ candidates: [], paths: 'files' }),
  kind: () => just(KINDS.map(shortKind)),
  source: () => just(SOURCES),
  time: () => just(['today', 'yesterday']),
  order: () => just(['asc', 'desc']),
  zone: () => just(['UTC', ...Intl.supportedValuesOf('timeZone')]),
  code: async () => ({ candidates: await codes() }),
  async 'code=level'() {
    const { SEVERITIES } = await import('../../verification/rule.ts');
    const levels = [...SEVERITIES, 'off'];
    return just((await codes()).flatMap(([code]) => levels.map((level) => `${code}=${level}`)));
  },
};

const just = (values: readonly string[]): Supply => ({ candidates: values.map((v) => [v]) });

/** A word that no shell finds a meaning in: what is none is not offered. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** More ids than this nobody reads through. */
const MAX_CANDIDATES = 100;
/** In UTF-16 units. */
const MAX_DESCRIPTION_CHARS = 60;

/** Called by the scripts in completions/, with the words up to the cursor, the program's name first. */
export function completeCommand(start: StartAction): Command {
  return new Command('__complete').argument('[words...]').action((words, _, { parent: program }) =>
    start(async ({ stdout, env }) => {
      const { candidates, paths = 'none' } = await complete(words.slice(1), program, env);
      const lines = candidates.map(([value, about]) => {
        return about ? `${value}\t${safeLine(about).slice(0, MAX_DESCRIPTION_CHARS)}` : value;
      });
      stdout.write(`${[paths, ...lines].join('\n')}\n`);
      return EXIT.done;
    }),
  );
}

async function complete(
  words: readonly string[],
  program: Command,
  env: NodeJS.ProcessEnv,
): Promise<Supply> {
  const current = words.at(-1) ?? '';
  const [name, ...before] = words.slice(0, -1);
  const shown = program.createHelp().visibleCommands(program);
  const command = name === undefined ? program : shown.find((one) => one.name() === name);
  const parsed = command && parse(command, before);
  if (!parsed) return just([]);
  const { operands, waiting } = parsed;
  const scene = { program, command, env };
  const isOption = current.startsWith('-') && !before.includes('--');
  const [, long, start = ''] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (waiting) return supply(waiting, current, '', scene);
  if (isOption && long) {
    const option = command.options.find((one) => one.long === long);
    return option ? supply(option, start, `${long}=`, scene) : just([]);
  }
  if (isOption) return matching({ candidates: optionsOf(command) }, current, '');
  if (command === program) return matching({ candidates: commandsOf(program) }, current, '');
  const expected = command.registeredArguments;
  const last = expected.at(-1);
  const argument = expected[operands.length] ?? (last?.variadic ? last : undefined);
  return argument ? supply(argument, current, '', scene) : just([]);
}

/** Takes words in as the command would. Undefined where it would refuse them. */
function parse(
  command: Command,
  before: string[],
): { operands: string[]; waiting?: Option } | undefined {
  try {
    return command.parseOptions(before);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const word = before.at(-1) ?? '';
    const flag = word.startsWith('--') ? word : `-${word.at(-1)}`; // of `-qk` the last one waits
    const waiting = command.options.find(({ long, short }) => long === flag || short === flag);
    const isWaiting = error.code === 'commander.optionMissingArgument' && waiting;
    return isWaiting ? { ...command.parseOptions(before.slice(0, -1)), waiting } : undefined;
  }
}

/** What an option or operand takes, as far as it begins with what stands there. */
async function supply(
  taker: Option | Argument,
  start: string,
  prefix: string,
  scene: Scene,
): Promise<Supply> {
  const called = 'flags' in taker ? /[<[]([^>\].]+)/.exec(taker.flags)?.[1] : taker.name();
  const all = taker.argChoices ? just(taker.argChoices) : await SUPPLIERS[called ?? '']?.(scene);
  // Of a list the last one is completed.
  const kept = taker.parseArg === collectList ? start.slice(0, start.lastIndexOf(',') + 1) : '';
  return matching(all ?? just([]), start.slice(kept.length), prefix + kept);
}

function matching({ candidates, ...rest }: Supply, start: string, prefix: string): Supply {
  const matches = candidates
    .map(([value, ...about]): Candidate => [prefix + value, ...about])
    .filter(([value]) => value.startsWith(prefix + start) && PLAIN.test(value));
  return { candidates: matches, ...rest };
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

/** Ids under the roots, the last written first. */
function conversations({ command, env }: Scene): Candidate[] {
  const given: string[] = command.opts().root ?? [];
  // A shell that completes has not expanded it yet.
  const roots = given.map((root) => root.replace(/^~(?=\/|$)/, env.HOME ?? '~'));
  const found = attempt(() => findRoots({ roots, env, warn() {} })) ?? [];
  const ids = found
    .flatMap((root) => attempt(() => conversationsIn(root, { warn() {} })) ?? [])
    .filter(({ id }) => /^[0-9a-f-]{4,36}$/i.test(id)) // as `locate` takes them
    .map((folder) => ({ folder, time: attempt(() => lastWritten(folder)) ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .slice(0, MAX_CANDIDATES)
    .map(({ folder, time }): Candidate => {
      const day = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
      return [folder.id, attempt(() => readTitle(folder)) ?? `last written ${day}Z`];
    });
  return [...ids, ['@latest', 'the current folder, else the one last written']];
}

/** Whoever presses a key is told of nothing: what can't be looked at is not offered. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
