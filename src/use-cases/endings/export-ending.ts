import { describeEvent } from '../../domain/describe-event.ts';
import { type Call, errorOf } from '../../history/calls.ts';
import { statedError } from '../../history/event-record.ts';
import type { ExportedEnding } from '../../history/export/exported-event.ts';
import { failuresOf } from '../../history/export/failures.ts';
import type { Redaction } from '../export-events.ts';
import { cleaned } from '../export-story.ts';
import type { OpenedHistory } from '../open-history.ts';
import { endingOf, endOfHistory, recordsOfEnd } from './end-of-history.ts';

/**
 * How a conversation ended, and what failed last. Secrets are replaced before anything is cut.
 *
 * @param calls all calls of the conversation
 * @param now µs since the epoch
 * @throws ConversationGone
 */
export async function exportedEnding(
  opened: OpenedHistory,
  calls: readonly Call[],
  redaction: Redaction | undefined,
  now: number,
): Promise<ExportedEnding> {
  const { history } = opened;
  const read = await endOfHistory(opened);
  const atEnd = history.records.find(({ position }) => position === read.end.error?.position);
  const errorText = atEnd && (await cleaned(atEnd, describeEvent, opened, redaction, 'ending'));
  const details = redaction ? { ...read.details, errorText } : read.details;
  const { outcome, reason } = endingOf(opened, { ...read, details }, now);
  const clean = (text: string) =>
    redaction ? redaction.log.at('ending', () => redaction.redactor.text(text)) : text;
  const onBranch = new Set(recordsOfEnd(history, read));
  const last = failuresOf(history.records, calls).findLast(({ events }) =>
    events.every((event) => onBranch.has(event)),
  );
  const record = last && (last.call?.answer ?? last.events.at(-1));
  // The reason names it already.
  if (!last || !record || record === atEnd) return { outcome, reason: clean(reason) };
  const text = redaction
    ? await cleaned(record, statedError, opened, redaction, 'ending')
    : ((last.call && errorOf(last.call)) ?? record.errorLine ?? record.description);
  return { outcome, reason: clean(reason), lastError: { record, text: text ?? '' } };
}
