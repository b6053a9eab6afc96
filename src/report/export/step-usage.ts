import type { EventRecord } from '../../history/event-record.ts';
import type { ConversationStats } from '../../history/stats.ts';
import type { ModelStep } from '../../history/totals/model-steps.ts';
import { pluralize } from '../../text/wording.ts';
import { formatCost, formatNumber } from '../text/amounts.ts';

/** The first event of each response of the model → the response. */
export function stepsByEvent(
  records: readonly EventRecord[],
  steps: readonly ModelStep[],
): Map<EventRecord, ModelStep> {
  const byResponse = new Map(steps.map((step) => [step.responseId, step]));
  const found = new Map<EventRecord, ModelStep>();
  for (const record of records) {
    const { responseId } = record.fields;
    const step = responseId === undefined ? undefined : byResponse.get(responseId);
    if (!step || responseId === undefined) continue;
    found.set(record, step);
    byResponse.delete(responseId);
  }
  return found;
}

/** `$0.0123, 4,100 in, 80 out`, as far as it is known. Empty if nothing is. */
export function stepUsageText(
  { usage, calls }: ModelStep,
  { usageCoverage }: ConversationStats,
): string {
  if (!usage) return '';
  const { tokens, cost } = usage;
  // Without a price for the model, the SDK counts a cost of 0.
  const isPriced = cost !== undefined && (cost > 0 || usageCoverage.cost.known !== 0);
  const parts = [
    ...(isPriced ? [formatCost(cost)] : []),
    ...(tokens && tokens.prompt + tokens.completion > 0
      ? [`${formatNumber(tokens.prompt)} in`, `${formatNumber(tokens.completion)} out`]
      : []),
  ];
  const shared = calls > 1 && parts.length > 0 ? [`for ${pluralize(calls, 'call')}`] : [];
  return [...parts, ...shared].join(', ');
}
