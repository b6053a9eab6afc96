import type { Fault } from '../domain/event.ts';
import { largest } from '../domain/numbers/extremes.ts';
import type { EventSource } from '../domain/scan.ts';
import type { Slot } from '../domain/slot.ts';
import type { Filter } from '../query/filter.ts';
import { JoinedSource, joinFilters } from '../query/joined-source.ts';
import type { EventLog } from '../reading/event-log.ts';
import type { ReportContext } from '../report/context.ts';
import type { BranchMarks } from '../report/text/branch-marks.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import {
  type OpenedMember,
  type OpenedMembers,
  openMembers,
  withLost,
} from '../use-cases/open-members.ts';
import { type FilteredLog, openFiltered } from './open-filtered.ts';
import type { Session } from './session.ts';

/** What a query works on: a conversation, with its subagents if they were asked for. */
export interface Queried extends Pick<FilteredLog, 'filter' | 'marks' | 'marked'> {
  readonly source: EventSource;
  /** See ReportContext. @param skipped events that can't be read */
  context(skipped: readonly Fault[]): ReportContext;
  /** The largest index that can occur. */
  readonly lastIndex: number;
  /** How many events the SDK itself would load. */
  reachable(): number;
  /** Subagents that can't be opened are missing from the answer. */
  readonly isIncomplete: boolean;
  /** Keeps the indices for later runs. */
  close(): Promise<void>;
}

/** What to open, and how. */
interface QueriedPlan {
  readonly filter: Filter;
  readonly branch: string | undefined;
  /** Include the subagents. */
  readonly subagents: boolean;
}

/**
 * Opens a conversation to query it with a filter, with its subagents if the plan says so.
 *
 * @throws CoreError if it can't be listed
 * @throws UsageError for a branch that does not exist
 */
export async function openQueried(
  session: Session,
  folder: ConversationFolder,
  plan: QueriedPlan,
): Promise<Queried> {
  if (plan.subagents) return openTree(session, folder, plan);
  const { log, ...rest } = await openFiltered(session, folder, plan.filter, plan.branch);
  return {
    ...rest,
    source: session.source(log),
    context: (skipped) => session.reportContext(log, skipped),
    lastIndex: log.slots.at(-1)?.index ?? 0,
    reachable: () => log.reachable,
    isIncomplete: false,
    close: () => session.close(log),
  };
}

async function openTree(
  session: Session,
  folder: ConversationFolder,
  { filter, branch }: QueriedPlan,
): Promise<Queried> {
  const tree = await openMembers(folder, (one, options, conversation) =>
    openFiltered(session, one, filter, branch, { options, conversation }),
  );
  const { members } = tree;
  const [{ opened: outermost }] = members;
  const of = memberBySlot(members);
  const source = new JoinedSource(
    members.map(({ opened, conversation }) => ({ source: opened.log, conversation })),
  );
  const sum = (amount: (one: FilteredLog) => number) =>
    members.reduce((total, { opened }) => total + amount(opened), 0);
  return {
    source: session.source(source),
    filter: branch === undefined ? filter : filterOf(members, of),
    marks: outermost.marks && marksOf(of),
    marked: outermost.marked && {
      offBranch: sum(({ marked }) => marked?.offBranch ?? 0),
      forgotten: sum(({ marked }) => marked?.forgotten ?? 0),
      unknown: sum(({ marked }) => marked?.unknown ?? 0),
      leftOut: sum(({ marked }) => marked?.leftOut ?? 0),
    },
    context: (skipped) => treeContext(session, tree, skipped),
    lastIndex: largest(members.map(({ opened }) => opened.log.slots.at(-1)?.index ?? 0)),
    reachable: () => sum(({ log }) => log.reachable),
    isIncomplete: tree.isIncomplete,
    close: () => closeTree(session, tree),
  };
}

type Members<T> = OpenedMembers<T>['members'];

/** Returns the member that a slot belongs to. */
function memberBySlot<T>(members: Members<T>): (slot: Slot) => OpenedMember<T> {
  const byWay = new Map(members.map((member) => [member.conversation?.way, member]));
  return ({ conversation }) => byWay.get(conversation?.way) ?? members[0];
}

function filterOf(
  members: Members<FilteredLog>,
  of: (slot: Slot) => OpenedMember<FilteredLog>,
): Filter {
  return joinFilters(
    members.map(({ opened }) => opened.filter),
    (slot) => of(slot).opened.filter,
  );
}

function marksOf(of: (slot: Slot) => OpenedMember<FilteredLog>): BranchMarks {
  return {
    of: (slot) => of(slot).opened.marks?.of(slot) ?? '',
    meta: (slot) => of(slot).opened.marks?.meta(slot),
  };
}

/** What reports on a conversation with its subagents have in common. @param skipped events that can't be read */
export function treeContext(
  session: Session,
  { members, lost }: OpenedMembers<{ readonly log: EventLog }>,
  skipped: readonly Fault[],
): ReportContext {
  const context = session.reportContext(members[0].opened.log, skipped);
  const of = memberBySlot(members);
  return {
    ...context,
    withSubagents: true,
    subagents: () => withLost(context.subagents(), lost),
    fileOf(slot) {
      const { opened, conversation } = of(slot);
      const file = opened.log.fileOf(slot);
      return conversation ? `${conversation.way}/${file}` : file;
    },
  };
}

/** Keeps the indices of a conversation and its subagents for later runs. */
export async function closeTree(
  session: Session,
  { members }: OpenedMembers<{ readonly log: EventLog }>,
): Promise<void> {
  const [outermost, ...others] = members;
  for (const { opened } of others) await opened.log.save();
  await session.close(outermost.opened.log);
}
