import { Argument, Command } from 'commander';
import type { Zone } from '../time/zone.ts';
import { addCommonOptions, type CommonFlags, resolveCommon } from './options/common-options.ts';
import { addOutputOptions } from './options/output-options.ts';
import type { Streams } from './output.ts';
import { Session } from './session.ts';
import { UsageError } from './usage-error.ts';

/** Runs a command's work, and takes its exit code. */
export type StartAction = (work: (streams: Streams) => Promise<number>) => Promise<void>;

export type MakeCommand = (start: StartAction) => Command;

/** What a command line asks for, before it is resolved. */
export interface Request<Flags> {
  /** In the order of the definition. A variadic operand is an array. */
  readonly operands: readonly unknown[];
  readonly flags: Flags;
  /** µs since the epoch. */
  readonly now: number;
  readonly zone: Zone;
}

/** A command: what it accepts, how that is resolved into a plan, and what is done with the plan. */
export interface CommandDefinition<Flags extends CommonFlags, Plan> {
  readonly name: string;
  readonly description: string;
  readonly operands: readonly Argument[];
  /** Adds the command's own options. */
  readonly options?: (command: Command) => void;
  /** Groups of options that several commands share, in the order of the help. */
  readonly groups?: readonly ((command: Command) => void)[];
  /** Output formats. Left out by commands whose groups add them, or that have only one. */
  readonly formats?: readonly string[];
  /** Printed below the options. */
  readonly examples: string;
  /** Resolves the request. It opens no file. @throws UsageError for invalid values */
  readonly plan: (request: Request<Flags>) => Plan | Promise<Plan>;
  /** Whether long output goes to a pager. Default: yes. */
  readonly usesPager?: (plan: Plan) => boolean;
  /** @returns the exit code */
  readonly run: (plan: Plan, session: Session) => Promise<number>;
}

/** The operand of commands that read one conversation. */
export const CONVERSATION = new Argument(
  '[conversation]',
  'a path, an id or its first 4 characters; left out or @latest: the current folder, else the latest one',
);

export function defineCommand<Flags extends CommonFlags, Plan>(
  definition: CommandDefinition<Flags, Plan>,
): MakeCommand {
  return (start) => {
    const command = new Command(definition.name).description(definition.description);
    for (const operand of definition.operands) command.addArgument(operand);
    definition.options?.(command);
    command.addHelpText('after', definition.examples);
    for (const add of definition.groups ?? []) add(command);
    if (definition.formats) addOutputOptions(command, definition.formats);
    addCommonOptions(command);
    const count = definition.operands.length;
    return command.action((...args: unknown[]) => {
      const operands = args.slice(0, count);
      const flags = args[count] as Flags;
      refuseEmptyNames(command, operands);
      return start((streams) => runCommand(definition, operands, flags, streams));
    });
  };
}

/** Options that name a file or a folder. For the folder of the cache, an empty name is the default. */
const NAMING_OPTION = /^(?!--cache-dir).*<(?:file|dir)>/;

/** Refuses empty names of files, folders, conversations and events. @throws UsageError */
function refuseEmptyNames(command: Command, operands: readonly unknown[]): void {
  const isEmpty = (value: unknown) =>
    value === '' || (Array.isArray(value) && value.some((one) => one === ''));
  for (const option of command.options) {
    const value = command.getOptionValue(option.attributeName());
    if (NAMING_OPTION.test(option.flags) && isEmpty(value)) {
      throw new UsageError(`${option.long}: the value is empty`);
    }
  }
  for (const [at, argument] of command.registeredArguments.entries()) {
    const name = argument.name();
    if (name !== 'pattern' && isEmpty(operands[at])) {
      throw new UsageError(`the operand [${name}] is empty`);
    }
  }
}

async function runCommand<Flags extends CommonFlags, Plan>(
  definition: CommandDefinition<Flags, Plan>,
  operands: readonly unknown[],
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const now = Date.now() * 1000;
  const common = resolveCommon(flags, streams.env);
  const plan = await definition.plan({ operands, flags, now, zone: common.zone });
  const pager = common.pager && (definition.usesPager?.(plan) ?? true);
  const session = await Session.open(streams, { ...common, pager }, now);
  return definition.run(plan, session);
}
