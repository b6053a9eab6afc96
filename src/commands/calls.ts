import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { callItems, seeingCalls, sourcesOfCalls } from '../command-line/items/call-items.ts';
import {
  locateBesidePattern,
  patternOf,
  patternOperand,
  withPattern,
} from '../command-line/items/pattern-operand.ts';
import { printItems } from '../command-line/items/print-items.ts';
import { noteNoCalls, warnUndecidedCalls } from '../command-line/notices/call-notices.ts';
import { noteMissingFields } from '../command-line/notices/field-notices.ts';
import {
  noteOnlyInFiles,
  noteSubagents,
  noteUnknownNames,
  placeOf,
  reportSkipped,
  warnInvalidState,
  warnUnknownBranch,
} from '../command-line/notices/notices.ts';
import { noteTimeOfEntries } from '../command-line/notices/time-notices.ts';
import { closeTree, treeContext } from '../command-line/open-tree.ts';
import {
  addBranchOption,
  type BranchFlags,
  namingBranch,
} from '../command-line/options/branch-option.ts';
import {
  addCallConditions,
  type CallConditionFlags,
  resolveCallConditions,
} from '../command-line/options/call-conditions.ts';
import {
  addCallsViewOptions,
  type CallsViewFlags,
  resolveCallsView,
} from '../command-line/options/calls-view-options.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addFieldsOptions,
  type FieldsFlags,
  type FieldsPlan,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import { addFilterOptions, type FilterFlags } from '../command-line/options/filter-options.ts';
import { wholeNumber } from '../command-line/options/option-values.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { type QueryPlan, resolveQuery } from '../command-line/options/query-options.ts';
import { addSortOption, resolveSort, type SortOrder } from '../command-line/options/sort-option.ts';
import {
  addSubagentsOption,
  resolveSubagents,
  type SubagentsFlags,
} from '../command-line/options/subagents-option.ts';
import type { Session } from '../command-line/session.ts';
import { coverageOf } from '../domain/facts/coverage.ts';
import { describeLost } from '../domain/knowledge/lost-events.ts';
import type { BranchStatuses } from '../history/branch-status.ts';
import { type Call, callsOf } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { Subagent } from '../history/subagents/subagents.ts';
import type { EventLog } from '../reading/event-log.ts';
import { CALLS_FORMATS, type CallsFormat } from '../report/calls/formats.ts';
import type { CallsReport, CallsView } from '../report/calls/types.ts';
import { formatNames, render } from '../report/output-formats.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { formatNumber } from '../text/wording.ts';
import { type LogOpener, type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import {
  aloneInTree,
  type OpenedMember,
  openerOf,
  openMembers,
} from '../use-cases/open-members.ts';
import { readCalls } from '../use-cases/read-calls.ts';
import { type Branch, selectBranch } from '../use-cases/select-branch.ts';
import {
  allHold,
  CALL_ORDERS,
  type CallCondition,
  type CallOrder,
  sortCalls,
} from '../use-cases/select-calls.ts';
import { subagentsOfCalls } from '../use-cases/subagent-calls.ts';

interface CallsFlags
  extends CommonFlags,
    FilterFlags,
    BranchFlags,
    SubagentsFlags,
    CallConditionFlags,
    CallsViewFlags,
    OutputFlags<CallsFormat>,
    FieldsFlags {
  readonly sort: string;
  readonly limit?: number;
}

export interface CallsPlan extends QueryPlan {
  readonly branch: string;
  /** Conditions on calls. All must hold. */
  readonly conditions: readonly CallCondition[];
  readonly findsLoops: boolean;
  readonly sort: SortOrder<CallOrder>;
  readonly limit: number | undefined;
  readonly format: CallsFormat;
  readonly pattern: string | undefined;
  readonly output: FieldsPlan;
  readonly view: CallsView;
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
  operands: [CONVERSATION, patternOperand('the visible text of a call or its answer')],
  options(command) {
    addSortOption(command, CALL_ORDERS);
    addCallConditions(command);
    command.option('-n, --limit <n>', 'show at most n calls', wholeNumber(1));
  },
  groups: [
    addCallsViewOptions,
    addBranchOption,
    addSubagentsOption,
    addFilterOptions,
    (command) => addFieldsOptions(command, 'each call'),
  ],
  formats: formatNames(CALLS_FORMATS),
  examples: EXAMPLES,
  plan: callsPlan,
  run: runCalls,
});

/** Resolves the command line of `calls`. @throws UsageError */
export function callsPlan(request: Request<CallsFlags>): CallsPlan {
  const { flags } = request;
  const format = resolveFormat(flags);
  const query = resolveQuery(withPattern(request));
  return {
    ...query,
    branch: query.branch ?? 'all',
    conditions: resolveCallConditions(flags),
    findsLoops: flags.loops ?? false,
    sort: resolveSort(flags.sort, CALL_ORDERS),
    limit: flags.limit,
    format,
    pattern: patternOf(request),
    output: resolveFields(flags, format),
    view: resolveCallsView(flags, format),
    subagents: resolveSubagents(flags),
  };
}

/** The calls of one conversation that the command is about. */
interface FoundCalls {
  readonly whole: OpenedHistory;
  readonly log: EventLog;
  readonly calls: readonly Call[];
  /** All calls of the conversation. */
  readonly all: readonly Call[];
  /** Those about which it is not known whether they are wanted. */
  readonly undecided: readonly Call[];
  /** How many more would pass if whole-file fields were searched too. */
  readonly onlyInFiles: number;
  readonly branch: Branch;
  readonly started: ReadonlyMap<Call, readonly Subagent[]>;
}

async function runCalls(plan: CallsPlan, session: Session): Promise<number> {
  const { terminal } = session;
  const folder = locateBesidePattern(session, 'calls', plan);
  const tree = plan.subagents
    ? await openMembers(folder, (one, options, conversation) =>
        findCalls(openerOf(session, conversation, options), session, one, plan),
      )
    : aloneInTree(await findCalls(session, session, folder, plan));
  const { members } = tree;
  const found = members.flatMap(({ opened }) => opened.calls);
  sortCalls(found, plan.sort);
  const limit = plan.limit ?? found.length;
  const skipped = members.flatMap(({ opened }) => opened.whole.skipped);
  const listed = found.slice(0, limit);
  const report = {
    ...treeContext(session, tree, skipped),
    withSubagents: plan.subagents,
    calls: listed,
    allCalls: members.flatMap(({ opened }) => opened.all),
    read: () => readCalls(listed, sourcesOfCalls(tree, session)),
    fields: plan.output.fields,
    meta: plan.output.meta,
    isInOrder: plan.sort.key === 'index' && !plan.sort.descending,
    view: plan.view,
    statuses: joinStatuses(members.map(({ opened }) => opened)),
    started: new Map(members.flatMap(({ opened }) => [...opened.started])),
    scanned: members.reduce((sum, { opened }) => sum + opened.log.slots.length, 0),
    coverage: coverageOf('calls', Math.min(found.length, limit), found.length),
  };
  await printItems(session, plan.output, callItems(report), (see) => {
    const seen = seeingCalls(report, see);
    return terminal.write(render(CALLS_FORMATS, plan.format, seen, terminal.style));
  });
  if (found.length > limit && plan.format !== 'json') {
    terminal.note(`stopped at --limit ${limit}; there are ${formatNumber(found.length)}`);
  }
  if (found.length === 0) noteNoCalls(session, members);
  const doubts = members.map((member) => warnUnknown(session, plan, member));
  const records = members.flatMap(({ opened }) => opened.whole.history.records);
  await noteUnknownNames(session, plan, records);
  const onlyInFiles = members.reduce((sum, { opened }) => sum + opened.onlyInFiles, 0);
  noteOnlyInFiles(session, { onlyInFiles, complete: true }, ['call matches', 'calls match']);
  if (found.length === 0) {
    const entries = records.map(({ entry }) => entry);
    noteTimeOfEntries(session, plan, entries);
    const sources = members.map(({ opened }) => session.source(opened.log));
    await noteMissingFields(session, plan, sources);
  }
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
  return { whole: opened, log, calls, all, undecided, onlyInFiles, branch, started };
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
  warnUndecidedCalls(session, undecided, branch, conversation);
  const lost = findsLoops ? whole.history.lost.within(0) : [];
  if (lost.length > 0) {
    session.terminal.warn(
      `${placeOf(conversation)}a loop that goes on across a lost event is not found: ${describeLost(lost)}`,
    );
  }
  return undecided.length + lost.length > 0;
}
