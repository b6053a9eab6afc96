import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { type ListOutputPlan, printList } from '../command-line/items/print-list.ts';
import {
  reportSkipped,
  warnInvalidState,
  warnLostSubagents,
} from '../command-line/notices/notices.ts';
import { closeTree, treeContext } from '../command-line/open-tree.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import {
  addFieldsOption,
  type FieldsFlags,
  resolveFields,
} from '../command-line/options/fields-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import { addSortOption, resolveSort } from '../command-line/options/sort-option.ts';
import {
  addSubagentsOption,
  resolveSubagents,
  type SubagentsFlags,
} from '../command-line/options/subagents-option.ts';
import type { Session } from '../command-line/session.ts';
import { type Call, callsOf } from '../history/calls.ts';
import { type ContextStats, contextOf, EMPTY_CONTEXT } from '../history/context.ts';
import type { EventRecord } from '../history/event-record.ts';
import { type ConversationStats, statsOf } from '../history/stats.ts';
import { type TreeStats, treeStatsOf } from '../history/subagents/tree-stats.ts';
import { loopTotalsOf } from '../history/totals/loop-totals.ts';
import { STEP_ORDERS, type StepOrder } from '../history/totals/model-steps.ts';
import { formatNames } from '../report/output-formats.ts';
import { STATS_FORMATS, statsList } from '../report/stats/formats.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { type LogOpener, type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import {
  aloneInTree,
  type OpenedMembers,
  openerOf,
  openMembers,
} from '../use-cases/open-members.ts';

type StatsFormat = keyof typeof STATS_FORMATS;

interface StatsFlags extends CommonFlags, SubagentsFlags, FieldsFlags, OutputFlags<StatsFormat> {
  readonly steps?: boolean;
  readonly sort?: string;
}

export interface StatsPlan extends ListOutputPlan<StatsFormat> {
  readonly conversation: string | undefined;
  readonly hasSteps: boolean;
  readonly stepOrder: StepOrder;
  readonly isReversed: boolean;
  readonly subagents: boolean;
}

const EXAMPLES = `
Examples:
  convoscope stats 1628                   tokens, cost, tools and time
  convoscope stats 1628 --steps           also each response of the model
  convoscope stats 1628 --sort cost       the dearest responses first
  convoscope stats 1628 --subagents       the sum with its subagents
  convoscope stats --json | jq .usage`;

export const statsCommand = defineCommand<StatsFlags, StatsPlan>({
  name: 'stats',
  description: 'show tokens, cost, tools, and where the time went',
  operands: [CONVERSATION],
  options(command) {
    command.option(
      '--steps',
      'list each response of the model, and what it did (JSON always does)',
    );
    addSortOption(command, STEP_ORDERS, 'list the steps by', false);
  },
  groups: [addSubagentsOption, addFieldsOption],
  formats: formatNames(STATS_FORMATS),
  examples: EXAMPLES,
  plan: statsPlan,
  run: runStats,
});

/** Resolves the command line of `stats`. @throws UsageError */
export function statsPlan({ operands, flags }: Request<StatsFlags>): StatsPlan {
  const [conversation] = operands as [string?];
  const format = resolveFormat(flags);
  const order = resolveSort(flags.sort ?? 'index', STEP_ORDERS);
  return {
    conversation,
    hasSteps: flags.steps ?? flags.sort !== undefined,
    stepOrder: order.key,
    isReversed: order.isReversed,
    subagents: resolveSubagents(flags),
    format,
    ...resolveFields(flags, format),
  };
}

async function runStats(plan: StatsPlan, session: Session): Promise<number> {
  const { terminal } = session;
  const folder = session.locate(plan.conversation);
  const tree = plan.subagents
    ? await openMembers(folder, (one, options, conversation) =>
        readStats(openerOf(session, conversation, options), session, one, !conversation),
      )
    : aloneInTree(await readStats(session, session, folder, true));
  const { members } = tree;
  const { opened } = members[0];
  const skipped = members.flatMap((member) => member.opened.skipped);
  const report = {
    ...treeContext(session, tree, skipped),
    withSubagents: plan.subagents,
    stats: opened.stats,
    records: opened.records,
    calls: opened.calls,
    loops: loopTotalsOf(opened.calls),
    context: opened.context,
    lease: opened.lease,
    now: session.now,
    hasSteps: plan.hasSteps,
    stepOrder: plan.stepOrder,
    isReversed: plan.isReversed,
    ...(plan.subagents && { tree: sumOf(tree, opened.log.folder.id) }),
  };
  await printList(terminal, plan, { formats: STATS_FORMATS, report, listOf: statsList });
  warnLostSubagents(session, report.subagents());
  warnInvalidState(session, opened.state);
  reportSkipped(session, report, skipped);
  await closeTree(session, tree);
  return skipped.length > 0 || isSumIncomplete(plan, tree) ? EXIT.incomplete : EXIT.done;
}

interface ReadStats extends Pick<OpenedHistory, 'log' | 'state' | 'lease' | 'skipped'> {
  readonly stats: ConversationStats;
  readonly records: readonly EventRecord[];
  readonly calls: readonly Call[];
  readonly context: ContextStats;
}

async function readStats(
  opener: LogOpener,
  { zone }: Session,
  folder: ConversationFolder,
  isOutermost: boolean,
): Promise<ReadStats> {
  const { log, state, lease, facts, history, skipped } = await openHistory(opener, folder);
  const calls = callsOf(history, zone);
  const stats = statsOf(history, calls, facts, zone);
  // Of the subagents, only the sum is shown.
  const details = isOutermost
    ? { records: history.records, calls, context: contextOf(history) }
    : { records: [], calls: [], context: EMPTY_CONTEXT };
  return { log, state, lease, skipped, stats, ...details };
}

function sumOf({ members, isIncomplete }: OpenedMembers<ReadStats>, outermost: string): TreeStats {
  const parts = members.map(({ opened, conversation, depth }) => ({
    id: conversation?.id ?? outermost,
    depth,
    stats: opened.stats,
  }));
  return treeStatsOf(parts, isIncomplete);
}

/** Whether something that can't be read is missing from the sum: a subagent, or the usage that its state records. */
function isSumIncomplete(
  { subagents }: StatsPlan,
  { members, isIncomplete }: OpenedMembers<ReadStats>,
): boolean {
  if (!subagents) return false;
  return isIncomplete || members.some(({ opened }) => opened.state.kind === 'invalid');
}
