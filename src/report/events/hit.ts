import { describeEvent } from '../../domain/describe-event.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import { MAX_DESCRIPTION_CHARS } from '../../domain/event-descriptions.ts';
import type { FieldMatches } from '../../query/text-search/field-matches.ts';
import { type MarkedText, rewrite, sliceMarked } from '../../text/matching/marked-text.ts';
import { mergeRanges } from '../../text/matching/text-range.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { detachString } from '../../text/visible-text.ts';
import { between, type Surroundings } from '../text/matches/excerpt.ts';
import { safeLine, safeMarkedLine, safeMarkedText } from '../text/terminal-safe.ts';

/** What a line can show of an event that was found by its text. All texts are safe to print. */
export interface Hit {
  /** The description of the event, with the matches that are in it. */
  readonly preview: MarkedText;
  /** The tool, as it is named in the event, with the matches that are in it. */
  readonly tool: MarkedText;
  /** The first match with what stands around it; undefined if nothing matches. */
  readonly excerpt: FieldExcerpt | undefined;
  /** All lines that match; undefined if they are not wanted. */
  readonly lines: readonly FieldExcerpt[] | undefined;
  /** How many matches the event has. Those that overlap count once. */
  readonly matches: number;
}

/** A part of a field. */
interface FieldExcerpt extends Surroundings {
  /** Name of the field; empty if it is one that the description shows anyway. */
  readonly label: string;
}

/** How much of a field is looked at around a match: enough to fill a line also where white space takes most of it. In UTF-16 units. */
const UNITS_PER_COLUMN = 8;
/** A field whose beginning, of so many UTF-16 units, is in the description is one that the description shows. */
const COMPARED_CHARS = 60;

/** Excerpts are cut even where lines are not. In columns. */
export const MAX_PIPED_EXCERPT_WIDTH = 200;

/** Fields that have a column of their own. */
const TOOL_FIELDS = new Set(['tool_name', 'tool_kind']);
const OTHER_COLUMNS = new Set(['timestamp', 'source', 'kind']);

/**
 * @param found what of the event matches, in the order of the file
 * @param columns that the line can have; undefined if it is not cut
 * @param isFull whether all matching lines are wanted, whole
 */
export function hitOf(
  event: LoadedEvent,
  found: readonly FieldMatches[],
  columns: number | undefined,
  isFull: boolean,
): Hit {
  const description = describeEvent(readableEvent(event));
  const fields = found
    .filter(({ field }) => !OTHER_COLUMNS.has(field.fieldName))
    .map((one) => fieldOf(one, description));
  const inTool = fields.find(
    ({ name, text }) => TOOL_FIELDS.has(name) && text === event.entry.tool,
  );
  const others = fields.filter((field) => field !== inTool);
  const first = others[0] ?? inTool;
  return {
    preview: detached(markedPreview(description, others)),
    tool: safeMarkedText({ text: event.entry.tool ?? '', ranges: inTool?.ranges ?? [] }),
    excerpt:
      first && detached(around(first, UNITS_PER_COLUMN * (columns ?? MAX_PIPED_EXCERPT_WIDTH))),
    lines: isFull ? others.flatMap(wholeLines).map(detached) : undefined,
    matches: countOf(fields),
  };
}

/** What matches in a field: in all of its texts, if it is one of the elements of a list. Undefined if nothing does. */
export function fieldHit(
  found: readonly FieldMatches[],
  path: string,
  columns: number,
): Hit | undefined {
  const fields = found
    .filter(({ field }) => field.path === path || field.fieldName === path)
    .map((one) => fieldOf(one, one.text));
  const [first] = fields;
  if (!first) return undefined;
  const nothing = { text: '', ranges: [] };
  const excerpt = detached(around(first, UNITS_PER_COLUMN * columns));
  return { preview: nothing, tool: nothing, excerpt, lines: undefined, matches: countOf(fields) };
}

const countOf = (fields: readonly Field[]) =>
  fields.reduce((sum, { ranges }) => sum + ranges.length, 0);

/** A field that matches. */
interface Field extends MarkedText {
  readonly name: string;
  /** Where its text is in the description: `shift` leads from the text to the description. Undefined if it is not in it. */
  readonly place: { readonly shift: number; readonly end: number } | undefined;
}

function fieldOf({ field, text, ranges }: FieldMatches, description: string): Field {
  return {
    name: field.fieldName,
    text,
    ranges: mergeRanges(ranges),
    place: placeIn(description, text),
  };
}

/** Where the beginning of a text is in a description. A short text must stand there as words of its own. */
function placeIn(description: string, text: string): Field['place'] {
  const body = text.trimStart();
  const skipped = text.length - body.length;
  const head = body.slice(0, COMPARED_CHARS).trimEnd();
  if (head === '') return undefined;
  const splitsWord = (at: number) => /^\w\w$/.test(description.slice(at - 1, at + 1));
  for (let at = description.indexOf(head); at >= 0; at = description.indexOf(head, at + 1)) {
    const isWhole = head.length === body.trimEnd().length;
    if ((at > 0 && splitsWord(at)) || (isWhole && splitsWord(at + head.length))) continue;
    let end = at + head.length;
    while (end < description.length && description[end] === body[end - at]) end++;
    return { shift: at - skipped, end };
  }
  return undefined;
}

/** As `preview`, with the matches of the fields that it shows. */
function markedPreview(description: string, fields: readonly Field[]): MarkedText {
  const isLong = description.length > MAX_DESCRIPTION_CHARS;
  const text = isLong ? truncateEnd(description, MAX_DESCRIPTION_CHARS) : description;
  const ranges = fields.flatMap(({ place, ranges }) =>
    place
      ? ranges
          .map(({ start, end }) => ({ start: start + place.shift, end: end + place.shift }))
          .filter(({ start, end }) => start >= 0 && end <= Math.min(place.end, text.length))
      : [],
  );
  return between('', safeMarkedLine({ text, ranges: mergeRanges(ranges) }), isLong ? '…' : '');
}

/** A part of a field around its first match. @param reach UTF-16 units before and after it */
function around(field: Field, reach: number): FieldExcerpt {
  const { text, ranges } = field;
  const [first = { start: 0, end: 0 }] = ranges;
  const start = notWithinPair(text, Math.max(0, first.start - reach));
  const shown = Math.min(first.end, first.start + reach);
  const end = notWithinPair(text, Math.min(text.length, shown + reach));
  return {
    ...safeMarkedLine(sliceMarked(field, start, end)),
    label: labelOf(field),
    isCutBefore: text.slice(0, start).trim() !== '',
    isCutAfter: text.slice(end).trim() !== '',
  };
}

/** A position that is not between the two halves of a surrogate pair. */
function notWithinPair(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? Math.max(0, at - 1) : at;
}

const TAB = '    ';

/** The lines of a field that match, each once and whole. */
function wholeLines(field: Field): FieldExcerpt[] {
  const { text, ranges } = field;
  const label = labelOf(field);
  const lines: FieldExcerpt[] = [];
  let next = 0;
  for (const { start, end } of ranges) {
    next = Math.max(next, text.lastIndexOf('\n', start - 1) + 1);
    while (next < end) {
      const newline = text.indexOf('\n', next);
      const lineEnd = newline < 0 ? text.length : newline;
      const line = rewrite(sliceMarked(field, next, lineEnd), /\t/g, () => TAB);
      lines.push({ ...safeMarkedText(line), label, isCutBefore: false, isCutAfter: false });
      next = lineEnd + 1;
    }
  }
  return lines;
}

/** Empty for a field that the description shows. */
function labelOf({ name, place }: Field): string {
  return place ? '' : safeLine(name);
}

/** V8 would otherwise keep the whole field in memory for as long as a part of it. */
function detached<T extends MarkedText>(marked: T): T {
  return { ...marked, text: detachString(marked.text) };
}
