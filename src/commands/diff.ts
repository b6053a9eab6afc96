import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  formatOf,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { modelOf } from '../domain/state-file.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { type Call, callsOf } from '../history/calls.ts';
import { findDivergence } from '../history/divergence.ts';
import { firstMessage } from '../history/overview.ts';
import { type Stats, statsOf } from '../history/stats.ts';
import { DIFF } from '../report/diff/formats.ts';
import { finish, openHistory } from '../use-cases/open-history.ts';

interface DiffOptions extends CommonOptions, OutputOptions<keyof typeof DIFF> {}

const EXAMPLES = `
Examples:
  convoscope diff 1628 912a               where two runs of a task part
  convoscope diff ./before ./after --json | jq .calls_part

Exit code 1 says that they differ.`;

export function diffCommand(start: StartAction): Command {
  const command = new Command('diff')
    .description('tell the first call where two conversations part, and what differs')
    .argument('<a>', 'a conversation: a path, an id or its first 4 digits, or @latest')
    .argument('<b>', 'the other one')
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, Object.keys(DIFF));
  addCommonOptions(command);
  return command.action((a, b, options) => start((streams) => runDiff(a, b, options, streams)));
}

async function runDiff(
  a: string,
  b: string,
  options: DiffOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const format = formatOf(options);
  const [one, other] = [await openSide(session, a), await openSide(session, b)];
  const divergence = findDivergence(one.calls, other.calls);
  const isSame =
    divergence.answers === undefined &&
    divergence.calls.every((call) => !call) &&
    isDeepStrictEqual(outlineOf(one.side.stats), outlineOf(other.side.stats));
  const report = {
    sides: [one.side, other.side] as const,
    divergence,
    isSame,
    zone: session.zone,
  };
  await session.terminal.write([await DIFF[format](report, session.terminal.style)]);
  const exits = [one.whole, other.whole].map((whole) => finish(session, whole, EXIT.done));
  const isWhole = (await Promise.all(exits)).every((exit) => exit === EXIT.done);
  if (!isWhole) return EXIT.incomplete;
  return isSame ? EXIT.done : EXIT.differs;
}

async function openSide(session: Session, operand: string) {
  const whole = await openHistory(session, operand);
  const { log, state, history, skipped } = whole;
  const statuses = new BranchStatuses(history);
  // What the SDK does not see was called all the same.
  const all = callsOf(history, session.zone);
  const calls = all.filter(({ action }) => statuses.of(action) !== 'off');
  const side = {
    conversation: conversationRef(log),
    stats: statsOf(history, all, state, session.zone),
    model: modelOf(state),
    firstMessage: firstMessage(history.records)?.description,
    calls: calls.length,
    tools: byTool(calls),
    statuses,
    skipped,
    fileOf: log.fileOf.bind(log),
  };
  return { whole, calls, side };
}

/** What is the same in two runs that went the same way, whenever they were made. */
function outlineOf({ status, kinds, errors }: Stats) {
  return { status, errors, kinds: new Map([...kinds].sort()) };
}

function byTool(calls: readonly Call[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { action } of calls) {
    const tool = action.entry.tool ?? '(none)';
    counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  return counts;
}
