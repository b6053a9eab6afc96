import type { Session } from '../command-line/session.ts';
import { UsageError } from '../domain/errors.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { History } from '../history/history.ts';
import { findEvent } from '../query/event-reference.ts';
import { type Filter, resolvedFilter } from '../query/filter.ts';
import type { EventLog } from '../reading/event-log.ts';
import { type BranchMarks, makeMarks } from '../report/text/branch-marks.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { readConversation, tellState } from './open-history.ts';

/** A branch that was asked for. */
interface Branch {
  readonly statuses: BranchStatuses;
  /** Whether an event is to be shown: any at all, or only what is on the branch. */
  keeps(record: EventRecord): boolean;
}

/** @throws UsageError for what is no event, or has no place in the tree */
export function resolveBranch(history: History, slots: Slots, which: string): Branch {
  if (which === 'all') return { statuses: new BranchStatuses(history), keeps: () => true };
  if (which === 'active') return only(new BranchStatuses(history));
  const { id, index, name } = slots.at(findLeaf(slots, which)) as Slot;
  if (history.tree.events[index]?.slot.name !== name) {
    throw new UsageError(`--branch ${which}: it lies beyond a gap in the index, on no branch`);
  }
  return only(new BranchStatuses(history, id));
}

function only(statuses: BranchStatuses): Branch {
  return { statuses, keeps: (record) => statuses.of(record) === 'active' };
}

function findLeaf(slots: Slots, which: string): number {
  try {
    return findEvent(slots, which);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--branch ${error.message} (or active, or all)`);
  }
}

/** A conversation to be asked about one of its branches. */
export interface SelectedBranch {
  readonly log: EventLog;
  /** Lets through what passes and is on the branch. */
  readonly filter: Filter;
  readonly marks: BranchMarks;
  /** Of the events that it lets through: those that are off the branch, and those that are forgotten. */
  readonly marked: { readonly offBranch: number; readonly forgotten: number };
}

/**
 * Reads a conversation to its end, for only so can its branches be told, and asks the filter meanwhile.
 *
 * @throws UsageError for a branch that there is not
 */
export async function openBranch(
  session: Session,
  folder: ConversationFolder,
  asked: Filter,
  which: string,
  options?: { cached?: boolean },
): Promise<SelectedBranch> {
  const { log, state, history } = await readConversation(session, folder, asked, options);
  tellState(session, state);
  const { statuses, keeps } = resolveBranch(history, log.slots, which);
  const passing = history.records.filter(
    (record) => history.passing.has(record.position) && keeps(record),
  );
  const count = (holds: (record: (typeof passing)[number]) => boolean) =>
    passing.filter(holds).length;
  return {
    log,
    filter: resolvedFilter(new Set(passing.map(({ slot }) => slot.name)), asked),
    marks: makeMarks(statuses),
    marked: {
      offBranch: count((record) => ['off', 'beyond'].includes(statuses.of(record))),
      forgotten: count((record) => statuses.forgottenBy(record) !== undefined),
    },
  };
}
