import { largest } from '../../../domain/numbers/extremes.ts';
import type { TextMeasure } from '../text-width.ts';

/** Columns are not narrowed below this. The last column is narrowed first, because it has the longest texts. */
const MIN_COLUMN_WIDTH = 6;
const MIN_LAST_COLUMN_WIDTH = 12;

/** The width of each column: that of its widest cell. @param count how many columns there are */
export function columnWidths(
  rows: readonly (readonly string[])[],
  count: number,
  { widthOf }: Pick<TextMeasure, 'widthOf'>,
): number[] {
  return Array.from({ length: count }, (_, at) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[at] ?? '')), 0),
  );
}

/**
 * Narrows columns until they fit together: first the last one, then always the widest. They stay too wide if all have
 * reached their minimum.
 *
 * @param room columns of the terminal for all cells
 */
export function narrowColumns(widths: readonly number[], room: number): number[] {
  const narrowed = [...widths];
  const last = narrowed.length - 1;
  let excess = narrowed.reduce((sum, width) => sum + width, 0) - room;
  for (; excess > 0; excess--) {
    const isLastWide = narrowed[last]! > MIN_LAST_COLUMN_WIDTH;
    const widest = isLastWide ? last : narrowed.indexOf(largest(narrowed));
    if (narrowed[widest]! <= MIN_COLUMN_WIDTH) break;
    narrowed[widest]!--;
  }
  return narrowed;
}
