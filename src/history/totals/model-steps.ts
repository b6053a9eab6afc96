import type { LogClock } from '../../domain/clock/log-clock.ts';
import { endsWait, isLog, isSide } from '../../domain/event-kinds.ts';
import type { EventRecord } from '../event-record.ts';
import { type ResponseUsage, type Usage, usageByResponse } from '../usage.ts';

/** A response of the model, and the calls in it. */
export interface ModelStep {
  readonly responseId: string;
  /** Index of its first event. */
  readonly index: number;
  readonly calls: number;
  /** Time from the event that the model responded to until its response. */
  readonly waited: number | undefined;
  /** What is recorded about the response. */
  readonly usage: ResponseUsage | undefined;
}

/** Whether the model does not respond to an event, which can be written while the model is working. */
function isIgnoredByModel({ fields }: EventRecord): boolean {
  return isSide(fields.kind) || isLog(fields.kind);
}

/** Whether nobody was waiting for the model just before an event: it is a pause, or a change of the status. */
function isBreak({ fields }: EventRecord): boolean {
  return endsWait(fields.kind) || fields.key === 'execution_status';
}

/** All responses of the model, in index order. @param usages with what is recorded about the responses */
export function stepsOf(
  records: readonly EventRecord[],
  usages: readonly Usage[],
  clock: LogClock,
): ModelStep[] {
  const byResponse = usageByResponse(usages);
  const found = new Map<
    string,
    { first: EventRecord; calls: number; waited: number | undefined }
  >();
  /** The event that the model responds to next. */
  let request: EventRecord | undefined;
  for (const record of records) {
    const { responseId, kind } = record.fields;
    if (responseId) {
      const known = found.get(responseId);
      const waited = request && clock.between(request.position, record.position);
      const step = known ?? { first: record, calls: 0, waited };
      if (kind === 'ActionEvent') step.calls++;
      found.set(responseId, step);
    }
    if (isBreak(record) || !isIgnoredByModel(record)) request = record;
  }
  return [...found].map(([responseId, { first, calls, waited }]) => ({
    responseId,
    index: first.slot.index,
    calls,
    waited,
    usage: byResponse.get(responseId),
  }));
}
