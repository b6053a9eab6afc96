import stringWidth from 'string-width';
import { isPlain } from './text-width.ts';

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Columns that a text without escapes takes on a terminal. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/** The text if it fits into `columns`, else its beginning and an ellipsis; never half a character. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return '';
  // No character takes less than a column and many code units for ever: the rest can't show.
  const head = text.slice(0, columns * 16);
  if (head.length === text.length && widthOf(text) <= columns) return text;
  if (isPlain(head)) return `${head.slice(0, columns - 1)}…`;
  let kept = '';
  let width = 0;
  for (const { segment } of segments.segment(head)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
