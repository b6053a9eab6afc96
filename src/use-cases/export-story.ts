import { describeEvent } from '../domain/describe-event.ts';
import { isFault } from '../domain/event.ts';
import { type Call, errorOf } from '../history/calls.ts';
import { shortPaths } from '../history/comparison/short-paths.ts';
import { type EventRecord, statedError } from '../history/event-record.ts';
import type { ExportedStory } from '../history/export/exported-event.ts';
import type { EventText } from '../history/outcome/explanation.ts';
import { type ReadableEvent, readableEvent } from '../text/readable-event.ts';
import { truncateEnd } from '../text/truncate.ts';
import { messageTexts } from '../text/visible-text.ts';
import type { Redaction } from './export-events.ts';
import type { OpenedHistory } from './open-history.ts';

/** Longer messages are cut. In UTF-16 units. */
const MAX_ASKED_CHARS = 10_000;

/**
 * What a summary of a conversation is made from. Secrets are replaced before anything is cut.
 *
 * @param shown the events that are exported, in index order
 * @param calls all calls of the conversation
 * @throws ConversationGone
 */
export async function exportedStory(
  opened: OpenedHistory,
  shown: readonly EventRecord[],
  calls: readonly Call[],
  redaction: Redaction | undefined,
): Promise<ExportedStory> {
  const clean = (text: string) =>
    redaction ? redaction.log.at('summary', () => redaction.redactor.text(text)) : text;
  const read = (record: EventRecord, textOf: (event: ReadableEvent) => string | undefined) =>
    cleaned(record, textOf, opened, redaction, 'summary');
  const asked: EventText[] = [];
  for (const record of firstQuestions(shown)) {
    const text = await read(record, messageOf);
    if (text !== undefined && text.trim() !== '') {
      asked.push({ record, text: truncateEnd(text, MAX_ASKED_CHARS) });
    }
  }
  const paths = shortPaths(calls);
  return {
    asked,
    folder: paths.folder && clean(paths.folder),
    clean,
    shorten: paths.shorten,
    describe: async (record) =>
      redaction ? ((await read(record, describeEvent)) ?? '') : record.description,
    async errorOf(call) {
      const error = errorOf(call);
      const { answer } = call;
      if (!redaction || error === undefined || !answer) return error;
      return read(answer, error === answer.errorLine ? statedError : describeEvent);
    },
    async errorLine(record) {
      if (!redaction || record.errorLine === undefined) return record.errorLine;
      return read(record, statedError);
    },
  };
}

/** The messages of the user before the agent does anything. If there are none, the first one. */
function firstQuestions(records: readonly EventRecord[]): EventRecord[] {
  const isQuestion = ({ entry }: EventRecord) =>
    entry.kind === 'MessageEvent' && entry.source === 'user';
  const start = records.findIndex(
    (record) => !isQuestion(record) && WORK_KINDS.has(record.fields.kind),
  );
  const first = records.slice(0, start === -1 ? undefined : start).filter(isQuestion);
  return first.length > 0 ? first : records.filter(isQuestion).slice(0, 1);
}

/** What the agent does. */
const WORK_KINDS: ReadonlySet<string> = new Set([
  'MessageEvent',
  'ActionEvent',
  'ACPToolCallEvent',
]);

const messageOf = (event: ReadableEvent) => messageTexts(event).join('\n');

/**
 * A text of an event without its secrets. Undefined if the event can no longer be read.
 *
 * @param place what the log of replacements calls it
 */
export async function cleaned(
  { slot }: EventRecord,
  textOf: (event: ReadableEvent) => string | undefined,
  { log }: OpenedHistory,
  redaction: Redaction | undefined,
  place: string,
): Promise<string | undefined> {
  const outcome = await log.readOne(slot);
  if (isFault(outcome)) return undefined;
  const event = readableEvent(outcome);
  if (!redaction) return textOf(event);
  return textOf(redaction.log.at(place, () => redaction.redactor.event(event)));
}
