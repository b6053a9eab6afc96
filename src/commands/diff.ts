import { isDeepStrictEqual } from 'node:util';
import { Argument } from 'commander';
import { defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, warnLostSubagents } from '../command-line/notices/notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { describeLost } from '../domain/knowledge/lost-events.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { type Call, callsOf, hasFailed } from '../history/calls.ts';
import { alignCalls, isThought } from '../history/comparison/alignment.ts';
import { compareFiles } from '../history/comparison/compared-files.ts';
import { findDivergence } from '../history/comparison/divergence.ts';
import { ownFolders, relativeTo } from '../history/comparison/own-folders.ts';
import { relativeCalls } from '../history/comparison/relative-calls.ts';
import { shortPaths } from '../history/comparison/short-paths.ts';
import { firstMessage } from '../history/overview.ts';
import { type ConversationStats, statsOf } from '../history/stats.ts';
import { DIFF_FORMATS } from '../report/diff/formats.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { endingOf, endOfHistory } from '../use-cases/endings/end-of-history.ts';
import { openHistory } from '../use-cases/open-history.ts';

type DiffFormat = keyof typeof DIFF_FORMATS;

interface DiffFlags extends CommonFlags, OutputFlags<DiffFormat> {
  readonly stat?: boolean;
}

export interface DiffPlan {
  readonly conversations: readonly [string, string];
  /** Without the calls side by side. */
  readonly isSummary: boolean;
  readonly format: DiffFormat;
}

const EXAMPLES = `
Examples:
  convoscope diff 1628 912a            what two runs of a task did differently
  convoscope diff 1628 912a --stat        without the calls side by side
  convoscope diff ./before ./after --json | jq .calls_part

The exit code is 1 if they differ.`;

export const diffCommand = defineCommand<DiffFlags, DiffPlan>({
  name: 'diff',
  description: 'compare two conversations: calls side by side, files, failures, cost',
  operands: [
    new Argument('<a>', 'a conversation: a path, an id or its first 4 characters, or @latest'),
    new Argument('<b>', 'the other one'),
  ],
  options: (command) =>
    command.option('--stat', 'show only the summary, not the calls side by side'),
  formats: formatNames(DIFF_FORMATS),
  examples: EXAMPLES,
  plan: diffPlan,
  run: runDiff,
});

/** Resolves the command line of `diff`. @throws UsageError */
export function diffPlan({ operands, flags }: Request<DiffFlags>): DiffPlan {
  return {
    conversations: operands as [string, string],
    isSummary: flags.stat ?? false,
    format: resolveFormat(flags),
  };
}

async function runDiff(plan: DiffPlan, session: Session): Promise<number> {
  const { terminal, zone } = session;
  const [a, b] = plan.conversations;
  const [readA, readB] = [await readSide(session, a), await readSide(session, b)];
  const [folderA, folderB] = ownFolders(readA, readB);
  const isElsewhere = folderA !== folderB;
  const one = await openSide(session, readA, folderA, isElsewhere);
  const other = await openSide(session, readB, folderB, isElsewhere);
  const divergence = findDivergence(one.compared, other.compared);
  const unknown = [...unknownIn('a', one), ...unknownIn('b', other)];
  const isSame =
    divergence.answers === undefined &&
    divergence.calls.every((call) => !call) &&
    isDeepStrictEqual(comparable(one.side.stats), comparable(other.side.stats));
  // What is not known can be the same in both, and can make what follows it seem different.
  const isDifferent = divergence.isCertain || differInStatus(one, other);
  const same = unknown.length === 0 ? isSame : isDifferent ? false : undefined;
  const report = {
    sides: [one.side, other.side] as const,
    divergence,
    aligned: alignCalls(one.aligned, other.aligned),
    files: compareFiles(one.aligned, other.aligned),
    isSummary: plan.isSummary,
    isSame: same,
    unknown,
    zone,
  };
  await terminal.write(render(DIFF_FORMATS, plan.format, report, terminal.style));
  for (const { subagents } of report.sides) warnLostSubagents(session, subagents());
  const exits = [one.opened, other.opened].map((opened) => finish(session, opened, EXIT.done));
  const isComplete = (await Promise.all(exits)).every((exit) => exit === EXIT.done);
  if (!isComplete || same === undefined) return EXIT.incomplete;
  return same ? EXIT.done : EXIT.differs;
}

/** Whether both have a status that base_state.json gives, and the statuses differ. */
function differInStatus(one: OpenedSide, other: OpenedSide): boolean {
  const [a, b] = [one.side.stats.facts.status, other.side.stats.facts.status];
  return a?.source.kind === 'state' && b?.source.kind === 'state' && a.value !== b.value;
}

/** What is not known of one side. */
function unknownIn(name: 'a' | 'b', { opened, compared, side }: OpenedSide): string[] {
  const { history, state } = opened;
  const lost = history.lost.within(0);
  const isBranchUnknown = compared.calls.some((call) => compared.isOnBranch(call) === undefined);
  return [
    ...(lost.length > 0 ? [describeLost(lost)] : []),
    ...(isBranchUnknown ? [`the branch is ${side.statuses.unknownPart}`] : []),
    ...(state.kind === 'invalid' ? ["base_state.json can't be read"] : []),
  ].map((what) => `${name}: ${what}`);
}

type OpenedSide = Awaited<ReturnType<typeof openSide>>;

type ReadSide = Awaited<ReturnType<typeof readSide>>;

async function readSide(session: Session, operand: string) {
  const opened = await openHistory(session, session.locate(operand));
  const statuses = new BranchStatuses(opened.history);
  // Calls after a gap in the index were made too, although the SDK does not see them.
  const all = callsOf(opened.history, session.zone);
  const calls = all.filter(({ action }) => statuses.of(action) !== 'off');
  return { opened, statuses, all, calls, workspace: opened.facts.workspace?.value };
}

/** @param folder the folder that the conversation works in @param isElsewhere the other one works in another folder */
async function openSide(
  session: Session,
  { opened, statuses, all, calls }: ReadSide,
  folder: string | undefined,
  isElsewhere: boolean,
) {
  const { log, facts, history, skipped } = opened;
  const paths = shortPaths(calls, { folder });
  // The thoughts of two runs always differ.
  const made = calls.filter((call) => !isThought(call));
  const end = await endOfHistory(opened);
  const side = {
    ...session.reportContext(log, skipped),
    stats: statsOf(history, all, facts, session.zone),
    firstMessage: firstMessage(history.records)?.description,
    calls: calls.length,
    thoughts: calls.length - made.length,
    tools: countByTool(calls),
    ending: endingOf(opened, end, session.now),
    failed: calls.filter(hasFailed),
    paths,
    statuses,
  };
  const compared =
    folder !== undefined && isElsewhere
      ? await relativeCalls(session.source(log), made, relativeTo(folder))
      : made;
  const isOnBranch = ({ action }: Call) => statuses.isActive(action);
  return {
    opened,
    compared: { calls: compared, lost: history.lost, isOnBranch },
    aligned: { calls: compared, shorten: paths.shorten },
    side,
  };
}

/** What must be equal for two runs to count as the same. Times and costs are left out, because they always differ. */
function comparable({ facts, kinds, errors }: ConversationStats) {
  return { status: facts.status?.value, errors, kinds: new Map([...kinds].sort()) };
}

function countByTool(calls: readonly Call[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { subject } of calls) {
    const tool = subject.entry.tool ?? '(none)';
    counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  return counts;
}
