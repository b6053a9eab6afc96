import type { Call } from '../../history/calls.ts';
import { andMore, listSome, pluralize } from '../../text/wording.ts';
import { FOLD_END, isFolded, markdownEvent } from './markdown-event.ts';
import { headOf } from './markdown-head.ts';
import { storyOf } from './markdown-story.ts';
import type { ExportReport } from './types.ts';

/** Space for the notes at the end, and for the list of failures among the events left out. In UTF-16 units. */
const [RESERVED_CHARS, MAX_FAILURE_LIST_CHARS] = [2_000, 1_200];

/** A call with its answers, or another event. */
interface Card {
  readonly call: Call | undefined;
  readonly indices: number[];
  text: string;
  /** The titles of failed events. */
  readonly failures: string[];
}

/**
 * A document to paste into an issue: the facts, a summary, and the events. A call and its answers are one fold. To keep
 * within the limit, long sections are cut in the middle, and cards are left out in the middle. A note says so. All text from events is formatted as code,
 * so it can't contain links, mentions or tags.
 */
export async function* exportMarkdown(report: ExportReport): AsyncGenerator<string> {
  const facts = headOf(report);
  const head =
    facts + (await storyOf(report, report.limits.length - facts.length - RESERVED_CHARS));
  yield head;
  if (report.limits.isWhole) yield* wholeEvents(report);
  else yield* eventsWithin(report, report.limits.length - head.length - RESERVED_CHARS);
  yield footOf(report);
}

/** All events, each as it is read. */
async function* wholeEvents(report: ExportReport): AsyncGenerator<string> {
  let call: Call | undefined;
  let end = '';
  for await (const exported of report.events) {
    const isFirst = exported.call === undefined || exported.call !== call;
    if (isFirst) {
      yield end;
      end = isFolded(exported, report) ? FOLD_END : '';
    }
    call = exported.call;
    yield markdownEvent(exported, report, isFirst).text;
  }
  yield end;
}

/** @param room for the events, in UTF-16 units */
async function* eventsWithin(report: ExportReport, room: number): AsyncGenerator<string> {
  // The end of a conversation shows more about what went wrong than its beginning, so it gets more room.
  const roomAtStart = room / 3;
  let used = 0;
  const last: Card[] = [];
  let lastLength = 0;
  const left: number[] = [];
  const failures: string[] = [];
  for await (const card of cardsOf(report)) {
    if (left.length === 0 && last.length === 0 && used + card.text.length <= roomAtStart) {
      used += card.text.length;
      yield card.text;
      continue;
    }
    last.push(card);
    lastLength += card.text.length;
    while (used + lastLength > room && last.length > 0) {
      const dropped = last.shift() as Card;
      lastLength -= dropped.text.length;
      for (const failure of dropped.failures) failures.push(failure);
      for (const index of dropped.indices) left.push(index);
    }
  }
  if (left.length > 0) yield leftOutNote(left, failures);
  for (const { text } of last) yield text;
}

/** The events of a report, a call with its answers at a time. */
async function* cardsOf(report: ExportReport): AsyncGenerator<Card> {
  let card: Card | undefined;
  let end = '';
  for await (const exported of report.events) {
    const { record, call } = exported;
    const isFirst = card === undefined || call === undefined || call !== card.call;
    if (card && isFirst) yield { ...card, text: card.text + end };
    if (isFirst) end = isFolded(exported, report) ? FOLD_END : '';
    const { title, text } = markdownEvent(exported, report, isFirst);
    if (!card || isFirst) card = { call, indices: [], text: '', failures: [] };
    card.indices.push(record.slot.index);
    card.text += text;
    if (record.entry.failed) card.failures.push(title);
  }
  if (card) yield { ...card, text: card.text + end };
}

function leftOutNote(indices: readonly number[], failures: readonly string[]): string {
  const sorted = indices.toSorted((a, b) => a - b);
  const count = pluralize(indices.length, 'event');
  const named = failureList(failures);
  const more = andMore(failures.length - named.length).trim();
  return [
    `> **${count} left out here** (${sorted[0]} to ${sorted.at(-1)}), for length.\n`,
    ...(named.length > 0 ? [`> Failed events among them:\n${named.join('')}`] : []),
    more ? `> - ${more}\n\n` : '\n',
  ].join('');
}

/** The lines of the list of failures, as far as there is room. */
function failureList(titles: readonly string[]): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const title of titles) {
    const line = `> - ${title}\n`;
    length += line.length;
    if (length > MAX_FAILURE_LIST_CHARS) break;
    lines.push(line);
  }
  return lines;
}

/** The notes list no more unreadable events. */
const MAX_NAMED_EVENTS = 5;

function footOf({ skipped, redacted }: ExportReport): string {
  const notes: string[] = [];
  if (skipped.length > 0) {
    const events = skipped.map(({ slot, code }) => `${slot.index} (${code})`);
    notes.push(
      `${pluralize(skipped.length, 'event')} could not be read: ${listSome(events, MAX_NAMED_EVENTS)}.`,
    );
  }
  if (redacted) notes.push(`${redactedNote(redacted)}.`);
  return notes.map((note) => `> ${note}\n`).join('');
}

/** `3 secrets replaced: 2 github-token, 1 url`. */
export function redactedNote(redacted: ReadonlyMap<string, number>): string {
  const total = [...redacted.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...redacted].map(([rule, count]) => `${count} ${rule}`).join(', ');
  return `${pluralize(total, 'secret')} replaced${total > 0 ? `: ${kinds}` : ''}`;
}
