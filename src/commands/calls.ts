import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  noteOnlyInFiles,
  noteSubagents,
  noteUnknownNames,
  placeOf,
  reportSkipped,
  warnInvalidState,
  warnUnknownBranch,
} from '../command-line/notices.ts';
import { closeTree, treeContext } from '../command-line/open-tree.ts';
import {
  addBranchOption,
  type BranchFlags,
  namingBranch,
} from '../command-line/options/branch-option.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { duration, wholeNumber } from '../command-line/options/option-values.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import {
  addSubagentsOption,
  resolveSubagents,
  type SubagentsFlags,
} from '../command-line/options/subagents-option.ts';
import type { Session } from '../command-line/session.ts';
import { noteTimeOfEntries } from '../command-line/time-notices.ts';
import { coverageOf } from '../domain/facts/coverage.ts';
import { describeLost } from '../domain/knowledge/lost-events.ts';
import type { SlotConversation } from '../domain/slot.ts';
import type { BranchStatuses } from '../history/branch-status.ts';
import { type Call, callsOf, hasFailed } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { Subagent } from '../history/subagents/subagents.ts';
import type { EventLog } from '../reading/event-log.ts';
import { CALLS_FORMATS } from '../report/calls/formats.ts';
import type { CallsReport } from '../report/calls/types.ts';
import { formatNames, render } from '../report/output-formats.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { listSome, pluralize } from '../text/wording.ts';
import { type LogOpener, type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import {
  aloneInTree,
  type OpenedMember,
  openerOf,
  openMembers,
} from '../use-cases/open-members.ts';
import { type Branch, selectBranch } from '../use-cases/select-branch.ts';
import { subagentsOfCalls } from '../use-cases/subagent-calls.ts';

type CallsFormat = keyof typeof CALLS_FORMATS;

interface CallsFlags
  extends CommonFlags,
    FilterFlags,
    BranchFlags,
    SubagentsFlags,
    OutputFlags<CallsFormat> {
  readonly minDuration?: number;
  readonly failed?: boolean;
  readonly unanswered?: boolean;
  readonly loops?: boolean;
  readonly sort: 'index' | 'duration';
  readonly limit?: number;
}

/** Whether a call is wanted; undefined if that is not known. */
type CallCondition = (call: Call) => boolean | undefined;

export interface CallsPlan extends QueryPlan {
  readonly branch: string;
  /** Conditions on calls. All must hold. */
  readonly conditions: readonly CallCondition[];
  readonly findsLoops: boolean;
  readonly sort: 'index' | 'duration';
  readonly limit: number | undefined;
  readonly format: CallsFormat;
  readonly subagents: boolean;
}

const EXAMPLES = `
Examples:
  convoscope calls 1628                   what the agent did, one line per call
  convoscope calls 1628 --failed          only calls that failed, and why
  convoscope calls --loops                calls repeated three times or more
  convoscope calls 1628 --sort duration -n 5    the five that took longest

A call is shown if its action passes the filters, or if its answer does.`;

export const callsCommand = defineCommand<CallsFlags, CallsPlan>({
  name: 'calls',
  description: "show the agent's tool calls with their answers",
  operands: [CONVERSATION],
  options: (command) =>
    command
      .option('--failed', 'calls that failed, were rejected, or could not be executed')
      .option('--unanswered', 'calls that have no answer')
      .option('--loops', 'calls made three times or more in a row, alone or in rounds')
      .option('--min-duration <time>', 'calls that took at least this: 500ms, 5s, 2m', duration)
      .addOption(
        new Option('--sort <order>', 'by index, or by duration, longest first')
          .choices(['index', 'duration'])
          .default('index'),
      )
      .option('-n, --limit <n>', 'show at most n calls', wholeNumber(1)),
  groups: [addBranchOption, addSubagentsOption, addFilterOptions],
  formats: formatNames(CALLS_FORMATS),
  examples: EXAMPLES,
  plan: callsPlan,
  run: runCalls,
});

/** Resolves the command line of `calls`. @throws UsageError */
export function callsPlan(request: Request<CallsFlags>): CallsPlan {
  const { flags } = request;
  const query = resolveQuery(request);
  return {
    ...query,
    branch: query.branch ?? 'all',
    conditions: [...conditionsOf(flags)],
    findsLoops: flags.loops ?? false,
    sort: flags.sort,
    limit: flags.limit,
    format: resolveFormat(flags),
    subagents: resolveSubagents(flags),
  };
}

function* conditionsOf(flags: CallsFlags): Generator<CallCondition> {
  const { minDuration } = flags;
  const ifKnown =
    (holds: (call: Call) => boolean): CallCondition =>
    (call) =>
      call.outcome === 'unknown' ? undefined : holds(call);
  if (flags.failed) yield ifKnown(hasFailed);
  if (flags.unanswered) yield ifKnown(({ outcome }) => outcome === 'unanswered');
  if (flags.loops) yield ({ loop }) => loop !== undefined;
  if (minDuration !== undefined) {
    yield ifKnown(({ duration }) => (duration ?? -1) >= minDuration);
  }
}

/** Whether all hold: false if one does not, else undefined if one is not known. */
function allHold(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** The calls of one conversation that the command is about. */
interface FoundCalls {
  readonly whole: OpenedHistory;
  readonly log: EventLog;
  readonly calls: readonly Call[];
  /** Those about which it is not known whether they are wanted. */
  readonly undecided: readonly Call[];
  /** How many more would pass if whole-file fields were searched too. */
  readonly onlyInFiles: number;
  readonly branch: Branch;
  readonly started: ReadonlyMap<Call, readonly Subagent[]>;
}

async function runCalls(plan: CallsPlan, session: Session): Promise<number> {
  const { terminal } = session;
  const folder = session.locate(plan.conversation);
  const tree = plan.subagents
    ? await openMembers(folder, (one, options, conversation) =>
        findCalls(openerOf(session, conversation, options), session, one, plan),
      )
    : aloneInTree(await findCalls(session, session, folder, plan));
  const { members } = tree;
  const found = members.flatMap(({ opened }) => opened.calls);
  if (plan.sort === 'duration') found.sort((a, b) => (b.duration ?? -1) - (a.duration ?? -1));
  const limit = plan.limit ?? found.length;
  const skipped = members.flatMap(({ opened }) => opened.whole.skipped);
  const report = {
    ...treeContext(session, tree, skipped),
    withSubagents: plan.subagents,
    calls: found.slice(0, limit),
    statuses: joinStatuses(members.map(({ opened }) => opened)),
    started: new Map(members.flatMap(({ opened }) => [...opened.started])),
    scanned: members.reduce((sum, { opened }) => sum + opened.log.slots.length, 0),
    coverage: coverageOf('calls', Math.min(found.length, limit), found.length),
  };
  await terminal.write(render(CALLS_FORMATS, plan.format, report, terminal.style));
  if (found.length > limit && plan.format !== 'json') {
    terminal.note(`stopped at --limit ${limit}; there are ${found.length}`);
  }
  const doubts = members.map((member) => warnUnknown(session, plan, member));
  const records = members.flatMap(({ opened }) => opened.whole.history.records);
  await noteUnknownNames(session, plan, records);
  const onlyInFiles = members.reduce((sum, { opened }) => sum + opened.onlyInFiles, 0);
  noteOnlyInFiles(session, { onlyInFiles, complete: true }, ['call matches', 'calls match']);
  if (found.length === 0)
    noteTimeOfEntries(
      session,
      plan,
      records.map(({ entry }) => entry),
    );
  noteSubagents(session, report, plan.subagents);
  warnInvalidState(session, members[0].opened.whole.state);
  reportSkipped(session, report, skipped);
  await closeTree(session, tree);
  if (skipped.length > 0 || tree.isIncomplete || doubts.includes(true)) return EXIT.incomplete;
  return found.length > 0 ? EXIT.done : EXIT.nothingFound;
}

async function findCalls(
  opener: LogOpener,
  session: Session,
  folder: ConversationFolder,
  plan: CallsPlan,
): Promise<FoundCalls> {
  const opened = await openHistory(opener, folder, plan.filter);
  const { log, history } = opened;
  const branch = await namingBranch(() => selectBranch(history, log.slots, plan.branch));
  const all = callsOf(history, session.zone);
  const hasEventIn = (positions: ReadonlySet<number>) => (call: Call) =>
    call.events.some(({ position }) => positions.has(position));
  const passing = all.filter(hasEventIn(history.passing));
  const inFiles = all.filter(hasEventIn(history.onlyInFiles));
  const isWanted = (call: Call) =>
    allHold([branch.keeps(call.action), ...plan.conditions.map((holds) => holds(call))]);
  const wanted = new Map(passing.map((call) => [call, isWanted(call)]));
  const calls = passing.filter((call) => wanted.get(call));
  const undecided = passing.filter((call) => wanted.get(call) === undefined);
  const onlyInFiles = inFiles.filter((call) => !passing.includes(call) && isWanted(call)).length;
  const started = await subagentsOfCalls(opener.source(log), calls, session.subagentsOf(folder));
  return { whole: opened, log, calls, undecided, onlyInFiles, branch, started };
}

/** Answers for each event by the statuses of its conversation. */
function joinStatuses(found: readonly FoundCalls[]): CallsReport['statuses'] {
  const byWay = new Map(
    found.flatMap(({ calls, branch: { statuses } }) =>
      calls.map(({ action }) => [action.slot.conversation?.way, statuses] as const),
    ),
  );
  const of = ({ slot }: Pick<EventRecord, 'slot'>) =>
    byWay.get(slot.conversation?.way) as BranchStatuses;
  return {
    of: (record) => of(record).of(record),
    isForgotten: (record) => of(record).isForgotten(record),
    forgottenBy: (record) => of(record).forgottenBy(record),
  };
}

/** Says what is not known about the calls of one conversation. @returns whether calls can be missing for that reason */
function warnUnknown(
  session: Session,
  { findsLoops }: CallsPlan,
  { opened, conversation }: OpenedMember<FoundCalls>,
): boolean {
  const { whole, calls, undecided, branch } = opened;
  const { statuses } = branch;
  const isUnknown = ({ action }: Call) => statuses.of(action) === 'unknown';
  warnUnknownBranch(session, statuses, calls.filter(isUnknown).length, 0, conversation);
  warnUndecided(session, undecided, branch, conversation);
  const lost = findsLoops ? whole.history.lost.within(0) : [];
  if (lost.length > 0) {
    session.terminal.warn(
      `${placeOf(conversation)}a loop that goes on across a lost event is not found: ${describeLost(lost)}`,
    );
  }
  return undecided.length + lost.length > 0;
}

/** Says which calls were left out because it is not known whether they are wanted. */
function warnUndecided(
  { terminal }: Session,
  undecided: readonly Call[],
  { statuses, keeps }: Branch,
  conversation: SlotConversation | undefined,
): void {
  if (undecided.length === 0) return;
  const indices = undecided.map(({ action }) => `#${action.slot.index}`);
  const isOnBranch = undecided.every(({ action }) => keeps(action));
  const unanswered = undecided.find(({ possibleAnswers }) => possibleAnswers.length > 0);
  const reasons = [
    ...(isOnBranch ? [] : [`the branch is ${statuses.unknownPart}`]),
    ...(unanswered ? [`an answer can be lost: ${describeLost(unanswered.possibleAnswers)}`] : []),
  ];
  terminal.warn(
    `${placeOf(conversation)}left out ${pluralize(undecided.length, 'call')} (${listSome(indices, MAX_NAMED_CALLS)}), because it is not known ` +
      `whether the conditions hold: ${reasons.join('; ')}`,
  );
}

/** A warning names no more calls. */
const MAX_NAMED_CALLS = 5;
