import { Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, noteUnknownNames, warnUnknownBranch } from '../command-line/notices.ts';
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
import type { Session } from '../command-line/session.ts';
import { coverageOf } from '../domain/facts/coverage.ts';
import { describeLost } from '../domain/knowledge/lost-events.ts';
import { type Call, callsOf, hasFailed } from '../history/calls.ts';
import { CALLS_FORMATS } from '../report/calls/formats.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { listSome, pluralize } from '../text/wording.ts';
import { openHistory } from '../use-cases/open-history.ts';
import { type Branch, selectBranch } from '../use-cases/select-branch.ts';

type CallsFormat = keyof typeof CALLS_FORMATS;

interface CallsFlags extends CommonFlags, FilterFlags, BranchFlags, OutputFlags<CallsFormat> {
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
  groups: [addBranchOption, addFilterOptions],
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

async function runCalls(plan: CallsPlan, session: Session): Promise<number> {
  const { zone, terminal } = session;
  const opened = await openHistory(session, session.locate(plan.conversation), plan.filter);
  const { log, history, skipped } = opened;
  const branch = await namingBranch(() => selectBranch(history, log.slots, plan.branch));
  const passing = callsOf(history, zone).filter(({ events }) =>
    events.some(({ position }) => history.passing.has(position)),
  );
  const isWanted = (call: Call) =>
    allHold([branch.keeps(call.action), ...plan.conditions.map((holds) => holds(call))]);
  const wanted = new Map(passing.map((call) => [call, isWanted(call)]));
  const found = passing.filter((call) => wanted.get(call));
  const undecided = passing.filter((call) => wanted.get(call) === undefined);
  if (plan.sort === 'duration') found.sort((a, b) => (b.duration ?? -1) - (a.duration ?? -1));
  const limit = plan.limit ?? found.length;
  const report = {
    ...session.reportContext(log, skipped),
    calls: found.slice(0, limit),
    statuses: branch.statuses,
    scanned: log.slots.length,
    coverage: coverageOf('calls', Math.min(found.length, limit), found.length),
  };
  await terminal.write(render(CALLS_FORMATS, plan.format, report, terminal.style));
  if (found.length > limit && plan.format !== 'json') {
    terminal.note(`stopped at --limit ${limit}; there are ${found.length}`);
  }
  const isUnknown = ({ action }: Call) => branch.statuses.of(action) === 'unknown';
  warnUnknownBranch(session, branch.statuses, found.filter(isUnknown).length);
  warnUndecided(session, undecided, branch);
  const lost = plan.findsLoops ? history.lost.within(0) : [];
  if (lost.length > 0) {
    terminal.warn(`a loop that goes on across a lost event is not found: ${describeLost(lost)}`);
  }
  await noteUnknownNames(session, plan, history);
  const isDecided = undecided.length + lost.length === 0;
  const exit = found.length > 0 ? EXIT.done : EXIT.nothingFound;
  return finish(session, opened, isDecided ? exit : EXIT.incomplete);
}

/** Says which calls were left out because it is not known whether they are wanted. */
function warnUndecided(
  { terminal }: Session,
  undecided: readonly Call[],
  { statuses, keeps }: Branch,
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
    `left out ${pluralize(undecided.length, 'call')} (${listSome(indices, MAX_NAMED_CALLS)}), because it is not known ` +
      `whether the conditions hold: ${reasons.join('; ')}`,
  );
}

/** A warning names no more calls. */
const MAX_NAMED_CALLS = 5;
