import { CoreError } from '../domain/errors.ts';
import type { Fault } from '../domain/event.ts';
import type { EventSource } from '../domain/scan.ts';
import type { Slot, SlotConversation } from '../domain/slot.ts';
import { subagentsOf } from '../locating/subagents.ts';
import type { Filter } from '../query/filter.ts';
import { JoinedSource, joinFilters } from '../query/joined-source.ts';
import type { ReportContext } from '../report/context.ts';
import type { BranchMarks } from '../report/text/branch-marks.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
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

/** Parsed events that are kept in memory, of all conversations together. In bytes. */
const MAX_MEMORY_BYTES = 32 * 1024 * 1024;

/** One conversation of the tree that was opened. */
interface Opened extends FilteredLog {
  readonly conversation: SlotConversation | undefined;
}

async function openTree(
  session: Session,
  folder: ConversationFolder,
  { filter, branch }: QueriedPlan,
): Promise<Queried> {
  const { folders, problems } = subagentsOf(folder);
  const options = { maxMemoryBytes: Math.floor(MAX_MEMORY_BYTES / (folders.length + 1)) };
  const open = (one: ConversationFolder) => openFiltered(session, one, filter, branch, options);
  const outermost: Opened = { ...(await open(folder)), conversation: undefined };
  const all = [outermost];
  for (const { folder: nested, way } of folders) {
    try {
      all.push({ ...(await open(nested)), conversation: { id: nested.id, way } });
    } catch (error) {
      if (!(error instanceof CoreError)) throw error; // the context reports why it can't be opened
    }
  }
  const byWay = new Map(all.map((one) => [one.conversation?.way, one]));
  const of = ({ conversation }: Slot) => byWay.get(conversation?.way) ?? outermost;
  const source = new JoinedSource(
    all.map(({ log, conversation }) => ({ source: log, conversation })),
  );
  const sum = (amount: (one: Opened) => number) =>
    all.reduce((total, one) => total + amount(one), 0);
  return {
    source: session.source(source),
    filter: branch === undefined ? filter : filterOf(all, of),
    marks: outermost.marks && marksOf(of),
    marked: outermost.marked && {
      offBranch: sum(({ marked }) => marked?.offBranch ?? 0),
      forgotten: sum(({ marked }) => marked?.forgotten ?? 0),
    },
    context: (skipped) => ({
      ...session.reportContext(outermost.log, skipped),
      withSubagents: true,
      fileOf: (slot) => fileOf(of(slot), slot),
    }),
    lastIndex: Math.max(...all.map(({ log }) => log.slots.at(-1)?.index ?? 0)),
    reachable: () => sum(({ log }) => log.reachable),
    isIncomplete: all.length <= folders.length || problems.some(({ isMissing }) => isMissing),
    async close() {
      for (const { log } of all.slice(1)) await log.save();
      await session.close(outermost.log);
    },
  };
}

function filterOf(all: readonly Opened[], of: (slot: Slot) => Opened): Filter {
  return joinFilters(
    all.map(({ filter }) => filter),
    (slot) => of(slot).filter,
  );
}

function marksOf(of: (slot: Slot) => Opened): BranchMarks {
  return {
    of: (slot) => of(slot).marks?.of(slot) ?? '',
    meta: (slot) => of(slot).marks?.meta(slot),
  };
}

/** An event's file, relative to the outermost conversation. */
function fileOf({ log, conversation }: Opened, slot: Slot): string {
  const file = log.fileOf(slot);
  return conversation ? `${conversation.way}/${file}` : file;
}
