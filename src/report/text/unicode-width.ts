import stringWidth from 'string-width';
import type { TextRange } from '../../text/matching/text-range.ts';
import { isPlain } from './ascii.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Longer characters are made of many code units, such as emoji sequences. More of them are not looked at. */
const MAX_UNITS_PER_COLUMN = 16;

/** How many columns of a terminal a text takes. The text must not contain escape sequences. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/** The text if it fits into `columns`, else its beginning and an ellipsis. Characters are never split. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return '';
  const head = text.slice(0, columns * MAX_UNITS_PER_COLUMN);
  if (head.length === text.length && widthOf(text) <= columns) return text;
  if (isPlain(head)) return `${head.slice(0, columns - 1)}…`;
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(head)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** How many UTF-16 units at the beginning of a text fit into `columns`. Characters are never split. */
export function headUnits(text: string, columns: number): number {
  const head = text.slice(0, Math.max(0, columns) * MAX_UNITS_PER_COLUMN);
  if (isPlain(head)) return Math.max(0, Math.min(head.length, columns));
  return unitsThatFit([...segmenter.segment(head)], columns);
}

/** The same for its end. */
export function tailUnits(text: string, columns: number): number {
  if (columns <= 0) return 0;
  const tail = text.slice(-columns * MAX_UNITS_PER_COLUMN);
  if (isPlain(tail)) return Math.min(tail.length, columns);
  return unitsThatFit([...segmenter.segment(tail)].reverse(), columns);
}

function unitsThatFit(segments: readonly { segment: string }[], columns: number): number {
  let [units, width] = [0, 0];
  for (const { segment } of segments) {
    width += widthOf(segment);
    if (width > columns) break;
    units += segment.length;
  }
  return units;
}

/** Characters that are written joined must not be separated from their joiner, else it would have no purpose. */
const JOINER = /^[\u200c\u200d]$/;

/** A range, widened so that it splits no character. */
export function whole(text: string, { start, end }: TextRange): TextRange {
  // No character goes over the place between two plain ones.
  const isBoundary = (at: number) => isPlain(text.slice(Math.max(0, at - 1), at + 1));
  if (isBoundary(start) && isBoundary(end)) return { start, end };
  const segments = segmenter.segment(text);
  const endOf = (at: number) => {
    const segment = segments.containing(at - 1);
    return segment ? segment.index + segment.segment.length : at;
  };
  let from = segments.containing(start)?.index ?? start;
  while (from > 0 && JOINER.test(text.charAt(from - 1))) {
    from = segments.containing(from - 1)?.index ?? 0;
  }
  let to = endOf(end);
  while (to < text.length && JOINER.test(text.charAt(to - 1))) to = endOf(to + 1);
  return { start: from, end: to };
}
