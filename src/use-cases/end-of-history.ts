import type { Entry } from '../domain/entry.ts';
import { type Ending, outcomeOf } from '../history/outcome/outcome.ts';
import { type ReadEnd, readEnd } from '../history/outcome/read-end.ts';
import { writeTimesOf } from '../storage/event-storage.ts';
import type { OpenedHistory } from './open-history.ts';

/** The end of a log that was read completely. @throws ConversationGone */
export function endOfHistory({ log, history, facts }: OpenedHistory): Promise<ReadEnd> {
  const entries: (Entry | undefined)[] = new Array(log.slots.length);
  for (const { position, entry } of history.records) entries[position] = entry;
  const { faults } = history;
  const status = facts.status?.value;
  return readEnd(log, { entries, faults, status, writtenAt: writeTimesOf(log.storage) });
}

/** How a conversation ended. @param now µs since the epoch */
export function endingOf(
  { facts, state, lease }: Pick<OpenedHistory, 'facts' | 'state' | 'lease'>,
  end: ReadEnd,
  now: number,
): Ending {
  return outcomeOf({ ...end, status: facts.status, state, lease, now });
}
