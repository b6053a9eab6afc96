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
  /** Its events, in order: messages, calls and condensations. */
  readonly events: readonly EventRecord[];
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
  const found = new Map<string, { events: EventRecord[]; waited: number | undefined }>();
  /** The event that the model responds to next. */
  let request: EventRecord | undefined;
  for (const record of records) {
    const { responseId } = record.fields;
    if (responseId) {
      const known = found.get(responseId);
      const waited = request && clock.between(request.position, record.position);
      const step = known ?? { events: [], waited };
      step.events.push(record);
      found.set(responseId, step);
    }
    if (isBreak(record) || !isIgnoredByModel(record)) request = record;
  }
  return [...found].map(([responseId, { events, waited }]) => ({
    responseId,
    index: (events[0] as EventRecord).slot.index,
    calls: events.filter(({ fields }) => fields.kind === 'ActionEvent').length,
    events,
    waited,
    usage: byResponse.get(responseId),
  }));
}

/** By what steps are sorted: `index` is the order of the log, all others put the largest first. */
export const STEP_ORDERS = ['index', 'cost', 'tokens', 'latency', 'waited'] as const;
export type StepOrder = (typeof STEP_ORDERS)[number];

const AMOUNTS: Record<Exclude<StepOrder, 'index'>, (step: ModelStep) => number | undefined> = {
  cost: ({ usage }) => usage?.cost,
  tokens: ({ usage }) => usage?.tokens && usage.tokens.prompt + usage.tokens.completion,
  latency: ({ usage }) => usage?.latency,
  waited: ({ waited }) => waited,
};

/** Steps in another order, the largest amount first. Those whose amount is not known come last, in the order of the log. */
export function sortSteps(
  steps: readonly ModelStep[],
  order: StepOrder,
  isReversed = false,
): readonly ModelStep[] {
  if (order === 'index') return isReversed ? steps.toReversed() : steps;
  const amountOf = AMOUNTS[order];
  const unknown = isReversed ? Number.POSITIVE_INFINITY : -1;
  const rank = (step: ModelStep) => amountOf(step) ?? unknown;
  return steps.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    if (first === second) return 0;
    return first < second === isReversed ? -1 : 1;
  });
}
