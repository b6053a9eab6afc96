import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import { addBranchOption, type BranchOptions } from '../command-line/options/branch-option.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  conversationCommand,
  formatOf,
  type OutputOptions,
  type StartAction,
  wholeNumber,
} from '../command-line/options/common-options.ts';
import {
  addFilterOptions,
  type FilterOptions,
  resolveFilter,
} from '../command-line/options/filter-options.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { type Call, callsOf, hasFailed } from '../history/calls.ts';
import { CALLS } from '../report/calls/formats.ts';
import { finish, openHistory, tellUnknown } from '../use-cases/open-history.ts';
import { resolveBranch } from '../use-cases/select-branch.ts';

interface CallsOptions
  extends CommonOptions,
    FilterOptions,
    BranchOptions,
    OutputOptions<keyof typeof CALLS> {
  minDuration?: number;
  failed?: boolean;
  unanswered?: boolean;
  loops?: boolean;
  sort: 'index' | 'duration';
  limit?: number;
}

const EXAMPLES = `
Examples:
  convoscope calls 1628                   what the agent did, a line a call
  convoscope calls 1628 --failed          only what went wrong, and why
  convoscope calls --loops                the same call again and again
  convoscope calls 1628 --sort duration -n 5    what took longest

Filters look at a call's action and at its answer: one that passes is enough.`;

export function callsCommand(start: StartAction): Command {
  const command = conversationCommand('calls', "show the agent's tool calls with their answers")
    .option('--failed', 'that failed, were rejected, or could not be executed')
    .option('--unanswered', 'that have no answer')
    .option('--loops', 'that were made three times or more in a row, alone or in rounds')
    .option('--min-duration <time>', 'that took at least so long: 500ms, 5s, 2m', parseDuration)
    .addOption(
      new Option('--sort <order>', 'index, or duration: longest first')
        .choices(['index', 'duration'])
        .default('index'),
    )
    .option('-n, --limit <n>', 'at most n calls', wholeNumber(1))
    .addHelpText('after', EXAMPLES);
  addBranchOption(command);
  addFilterOptions(command);
  addOutputOption(command, Object.keys(CALLS));
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runCalls(conversation, options, streams)),
  );
}

async function runCalls(
  conversation: string | undefined,
  options: CallsOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const { zone, terminal } = session;
  const format = formatOf(options);
  const filter = resolveFilter(options, zone, session.now);
  const whole = await openHistory(session, conversation, filter);
  const { log, history, skipped } = whole;
  const { statuses, keeps } = resolveBranch(history, log.slots, options.branch ?? 'all');
  const isWanted = ({ action, answer }: Call) =>
    [action, answer].some((record) => record && history.passing.has(record.position)) &&
    keeps(action);
  const found = callsOf(history, zone).filter(
    (call) => isWanted(call) && [...chosenBy(options)].every((holds) => holds(call)),
  );
  if (options.sort === 'duration') {
    found.sort((a, b) => (b.duration ?? -1) - (a.duration ?? -1));
  }
  const limit = options.limit ?? found.length;
  const report = {
    conversation: conversationRef(log),
    calls: found.slice(0, limit),
    statuses,
    scanned: log.slots.length,
    complete: found.length <= limit,
    skipped,
    zone,
    fileOf: log.fileOf.bind(log),
  };
  await terminal.write([await CALLS[format](report, terminal.style)]);
  if (found.length > limit && format !== 'json') {
    terminal.note(`stopped at --limit ${limit}; there are ${found.length}`);
  }
  await tellUnknown(session, options, history);
  return finish(session, whole, found.length > 0 ? EXIT.done : EXIT.nothingFound);
}

function* chosenBy(options: CallsOptions): Generator<(call: Call) => boolean> {
  const { minDuration } = options;
  if (options.failed) yield hasFailed;
  if (options.unanswered) yield ({ outcome }) => outcome === 'unanswered';
  if (options.loops) yield ({ loop }) => loop !== undefined;
  if (minDuration !== undefined) yield ({ duration }) => (duration ?? -1) >= minDuration;
}

const UNITS: Record<string, number> = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };

/** @returns µs */
function parseDuration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * (UNITS[unit] as number);
  throw new InvalidArgumentError('A duration as 500ms, 5s, 2m or 1h is needed.');
}
