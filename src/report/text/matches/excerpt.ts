import { type MarkedText, sliceMarked } from '../../../text/matching/marked-text.ts';
import { mergeRanges, type TextRange } from '../../../text/matching/text-range.ts';
import type { Style } from '../style.ts';
import type { TextMeasure } from '../text-width.ts';

/** The part of a text around its first mark. It is safe to print. */
export interface Surroundings extends MarkedText {
  /** More text stands before and after it. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

const ELLIPSIS = '…';

/** The text with marks that split no character. */
export function wholeCharacters<T extends MarkedText>(marked: T, { whole }: TextMeasure): T {
  return {
    ...marked,
    ranges: mergeRanges(marked.ranges.map((range) => whole(marked.text, range))),
  };
}

/**
 * An excerpt that fits into a room, with the first mark in its middle, and more on one side where the other needs less. Of
 * a mark that is too long, the beginning is shown.
 *
 * @param room in columns of the terminal
 */
export function excerpt(around: Surroundings, room: number, measure: TextMeasure): MarkedText {
  const { text } = around;
  const [first = { start: 0, end: 0 }] = around.ranges;
  const { widthOf, headUnits, tailUnits } = measure;
  const before = text.slice(0, first.start);
  const match = text.slice(first.start, first.end);
  const after = text.slice(first.end);
  const needed = {
    before: widthOf(before) + (around.isCutBefore ? 1 : 0),
    after: widthOf(after) + (around.isCutAfter ? 1 : 0),
  };
  const budget = room - widthOf(match);
  if (budget < 0) return cutMatch(around, first, room, measure);
  const left = Math.min(needed.before, Math.max(Math.floor(budget / 2), budget - needed.after));
  const right = Math.min(needed.after, budget - left);
  const isWholeBefore = left >= needed.before;
  const isWholeAfter = right >= needed.after;
  const kept = {
    before: isWholeBefore ? before.length : tailUnits(before, left - 1),
    after: isWholeAfter ? after.length : headUnits(after, right - 1),
  };
  const part = sliceMarked(around, first.start - kept.before, first.end + kept.after);
  const isCutBefore = isWholeBefore ? around.isCutBefore : left > 0;
  const isCutAfter = isWholeAfter ? around.isCutAfter : right > 0;
  return between(isCutBefore ? ELLIPSIS : '', part, isCutAfter ? ELLIPSIS : '');
}

/** The beginning of a mark, and that it is only the beginning. */
function cutMatch(
  around: MarkedText,
  { start }: TextRange,
  room: number,
  { headUnits }: TextMeasure,
): MarkedText {
  if (room <= 0) return { text: '', ranges: [] };
  const units = headUnits(around.text.slice(start), room - 1);
  return between('', sliceMarked(around, start, start + units), ELLIPSIS);
}

/** A marked text with text around it. */
export function between(before: string, { text, ranges }: MarkedText, after: string): MarkedText {
  const moved = ranges.map(({ start, end }) => ({
    start: start + before.length,
    end: end + before.length,
  }));
  return { text: before + text + after, ranges: moved };
}

/** The beginning of a text that fits into a room, as `fit` cuts it. */
export function fitMarked(marked: MarkedText, room: number, measure: TextMeasure): MarkedText {
  if (room <= 0) return { text: '', ranges: [] };
  const text = measure.fit(marked.text, room);
  if (text === marked.text) return marked;
  return between('', sliceMarked(marked, 0, text.length - ELLIPSIS.length), ELLIPSIS);
}

/** Paints the marks bold and red, as grep does, and the rest as `paintRest` does. */
export function paintMarks(
  { text, ranges }: MarkedText,
  { chalk }: Style,
  paintRest: (text: string) => string = (rest) => rest,
): string {
  let painted = '';
  let at = 0;
  const rest = (end: number) => (end > at ? paintRest(text.slice(at, end)) : '');
  for (const { start, end } of ranges) {
    painted += rest(start) + chalk.bold(chalk.red(text.slice(start, end)));
    at = end;
  }
  return painted + rest(text.length);
}
