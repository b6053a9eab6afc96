import { isNarrow, type Style } from './style.ts';
import { measureFor, type TextMeasure } from './text-width.ts';

/** A cell of a row: text that is safe to show, and what is done to it once it fits. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly align?: 'right';
  /** Most columns that it takes of a terminal that is not wide. */
  readonly maxWidth?: number;
}

/** Columns that the last one must have to be of use. */
const MIN_LAST_WIDTH = 8;

/**
 * Rows whose cells stand below each other, without lines between them. On a terminal the last column gets
 * what the others leave.
 */
export async function renderColumns(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  style: Style,
): Promise<string> {
  const last = columns.length - 1;
  // Of the last column no more is looked at than fits: it can be long, and nothing stands behind it.
  const least = (text: string) => (style.columns === undefined ? '' : text.slice(0, style.columns));
  const measured = rows.flatMap((row) =>
    row.map(({ text }, at) => (at === last ? least(text) : text)),
  );
  const ruler = await measureFor(measured.join(''));
  const cut = (text: string, { maxWidth }: Column) =>
    maxWidth === undefined || !isNarrow(style) ? text : ruler.fit(text, maxWidth);
  const shown = rows.map((row) =>
    row.map((cell, at) => ({ ...cell, text: cut(cell.text, columns[at] as Column) })),
  );
  const isRight = columns[last]?.align === 'right';
  const widths = columns.map((_, at) =>
    shown.reduce((widest, row) => {
      const text = row[at]?.text ?? '';
      return Math.max(
        widest,
        ruler.widthOf(at === last && !isRight ? text.slice(0, MIN_LAST_WIDTH) : text),
      );
    }, 0),
  );
  return shown.map((row) => `${line(row, columns, widths, ruler, style)}\n`).join('');
}

function line(
  row: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
  ruler: TextMeasure,
  style: Style,
): string {
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 1, 0);
  const room = style.columns === undefined ? Number.POSITIVE_INFINITY : style.columns - before;
  const cells = row.map(({ text, paint }, at) => {
    const cell = at === last && room < Number.POSITIVE_INFINITY ? ruler.fit(text, room) : text;
    const painted = paint && cell !== '' ? paint(cell) : cell;
    const isRight = columns[at]?.align === 'right';
    if (at === last && !isRight) return painted;
    const space = ' '.repeat(Math.max(0, (widths[at] as number) - ruler.widthOf(cell)));
    return isRight ? space + painted : painted + space;
  });
  if (room >= Math.min(MIN_LAST_WIDTH, widths[last] as number)) return cells.join(' ').trimEnd();
  // Too narrow for columns, let alone colours.
  return ruler.fit(row.map(({ text }) => text).join(' '), style.columns as number);
}
