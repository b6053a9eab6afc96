import { CoreError } from '../domain/errors.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import { type BranchCounts, BranchStatuses } from '../history/branch-status.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { History } from '../history/history.ts';
import { findEvent } from '../query/event-reference.ts';
import { appliedFilter, type Filter, type Verdict } from '../query/filter.ts';
import type { EventLog } from '../reading/event-log.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { type LogOpener, type OpenLogOptions, openHistory } from './open-history.ts';

/** One branch of a conversation, or all of them. */
export interface Branch {
  readonly statuses: BranchStatuses;
  /** Whether an event is shown: any event, or only those on the branch. Undefined if that is not known. */
  keeps(record: EventRecord): boolean | undefined;
}

/**
 * Selects a branch: `all`, `active`, or that of an event, named as `findEvent` takes it.
 *
 * @throws CoreError if there is no such event, or if it is not part of the tree
 */
export function selectBranch(history: History, slots: Slots, which: string): Branch {
  if (which === 'all') return { statuses: new BranchStatuses(history), keeps: () => true };
  if (which === 'active') return activeIn(new BranchStatuses(history));
  const { id, index, name } = slots.at(findEvent(slots, which)) as Slot;
  if (history.tree.events[index]?.slot.name !== name) {
    throw new CoreError(
      'not-in-tree',
      `${which}: the event is after a gap in the index, so it is on no branch`,
    );
  }
  return activeIn(new BranchStatuses(history, id));
}

function activeIn(statuses: BranchStatuses): Branch {
  return { statuses, keeps: (record) => statuses.isActive(record) };
}

/** A conversation that is queried on one branch. */
export interface OpenedBranch {
  readonly log: EventLog;
  readonly state: StateFile;
  /** Passes what passes the original filter and is on the branch. */
  readonly filter: Filter;
  readonly statuses: BranchStatuses;
  readonly marked: BranchCounts;
}

/**
 * Opens a conversation to query one branch. It reads the conversation to its end, because only then the branches are
 * known, and applies the filter in the same pass.
 *
 * @throws CoreError as selectBranch, or if the conversation can't be read
 */
export async function openBranch(
  opener: LogOpener,
  folder: ConversationFolder,
  original: Filter,
  which: string,
  options?: OpenLogOptions,
): Promise<OpenedBranch> {
  const { log, state, history } = await openHistory(opener, folder, original, options);
  const { statuses, keeps } = selectBranch(history, log.slots, which);
  const matching = history.records.filter(({ position }) => history.passing.has(position));
  const passing = matching.filter(keeps);
  const unknown = matching.filter((record) => statuses.isActive(record) === undefined).length;
  const verdicts = new Map<string, Verdict>();
  for (const fault of history.undecided) verdicts.set(fault.slot.name, fault);
  for (const { slot } of passing) verdicts.set(slot.name, true);
  const inFiles = history.records.filter(({ position }) => history.onlyInFiles.has(position));
  for (const { slot } of inFiles.filter(keeps)) verdicts.set(slot.name, 'only-in-files');
  const count = (holds: (record: EventRecord) => boolean) => passing.filter(holds).length;
  return {
    log,
    state,
    filter: appliedFilter(verdicts, original),
    statuses,
    marked: {
      offBranch: count((record) => ['off', 'beyond'].includes(statuses.of(record))),
      forgotten: count((record) => statuses.forgottenBy(record) !== undefined),
      unknown,
      leftOut: matching.filter((record) => keeps(record) === undefined).length,
    },
  };
}
