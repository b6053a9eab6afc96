import stringWidth from 'string-width';
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
