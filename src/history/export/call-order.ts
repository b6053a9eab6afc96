import type { Call } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';

/**
 * Events in the order in which calls are read: all events of a call follow its first one, so that a call and its answers
 * are together where several calls run at once. Other events keep their places.
 *
 * @param records some events of a conversation, in index order
 * @param calls all calls of the conversation
 */
export function inCallOrder(
  records: readonly EventRecord[],
  calls: readonly Call[],
): EventRecord[] {
  const known = new Set(records);
  const groupOf = new Map<EventRecord, readonly EventRecord[]>();
  for (const { events } of calls) {
    const group = events.filter((record) => known.has(record));
    for (const record of group) groupOf.set(record, group);
  }
  return records.flatMap((record) => {
    const group = groupOf.get(record);
    if (!group) return record;
    return group[0] === record ? group : [];
  });
}
