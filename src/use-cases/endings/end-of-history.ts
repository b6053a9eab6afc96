import { isSide } from '../../domain/event-kinds.ts';
import { BranchStatuses } from '../../history/branch-status.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { History } from '../../history/history.ts';
import { type Ending, outcomeOf } from '../../history/outcome/outcome.ts';
import { type ReadEnd, readEnd } from '../../history/outcome/read-end.ts';
import { writeTimesOf } from '../../storage/event-storage.ts';
import type { OpenedHistory } from '../open-history.ts';

/** The end of a log that was read completely. @throws ConversationGone */
export function endOfHistory({ log, history, facts }: OpenedHistory): Promise<ReadEnd> {
  const records: (EventRecord | undefined)[] = new Array(log.slots.length);
  for (const record of history.records) records[record.position] = record;
  const { faults, treeState } = history;
  return readEnd(log, {
    entries: Array.from(records, (record) => record?.entry),
    records,
    faults,
    status: facts.status?.value,
    treeState,
    writtenAt: writeTimesOf(log.storage),
  });
}

/** How a conversation ended. @param now µs since the epoch */
export function endingOf(
  { facts, state, lease }: Pick<OpenedHistory, 'facts' | 'state' | 'lease'>,
  end: ReadEnd,
  now: number,
): Ending {
  return outcomeOf({ ...end, status: facts.status, state, lease, now });
}

/**
 * The events that an ending is about: those of the branch that the conversation goes on from, and those of which it is not
 * known whether they are on it. An error of the conversation, or a state update, is on the branch of the event before it.
 */
export function recordsOfEnd(history: History, { end }: ReadEnd): readonly EventRecord[] {
  const statuses = new BranchStatuses(history, end.leaf?.id);
  const isKept = ({ slot }: Pick<EventRecord, 'slot'>) => statuses.isOnPath(slot) !== false;
  return history.records.filter((record) => {
    if (!isSide(record.fields.kind) || isKept(record)) return isKept(record);
    const parent = history.paths.parentOf(record);
    return 'limit' in parent || parent.node === undefined || isKept(parent.node);
  });
}
