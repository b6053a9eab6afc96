import { type Call, hasFailed } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';

/** Something that failed: a call with its answers, or an event that belongs to no call. */
export interface Failure {
  /** Its events, in index order. */
  readonly events: readonly EventRecord[];
  readonly call: Call | undefined;
}

/** Whether an event, or the call that it belongs to, has failed. */
export function isFailure(record: EventRecord, call: Call | undefined): boolean {
  if (!call) return record.entry.failed;
  return hasFailed(call) || call.events.some(({ entry }) => entry.failed);
}

/** What failed, in index order: a call and its failed answer are one failure. */
export function failuresOf(records: readonly EventRecord[], calls: readonly Call[]): Failure[] {
  const callOf = new Map(calls.flatMap((call) => call.events.map((record) => [record, call])));
  return records.flatMap((record) => {
    const call = callOf.get(record);
    // A call can have many events, so it is looked at once.
    if ((call && call.action !== record) || !isFailure(record, call)) return [];
    return { events: call?.events ?? [record], call };
  });
}
