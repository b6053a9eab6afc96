import { type Ruler, rulerFor } from './ruler.ts';
import { isNarrow, type Style } from './style.ts';

/** A cell of a row: text that is safe to show, and what is done to it once it fits. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly align?: 'right';
  /** Most columns that it takes of a terminal that is not wide. */
  readonly most?: number;
}

/** Columns that the last one must have to be of use. */
const LEAST_OF_LAST = 8;

/**
 * Rows whose cells stand below each other, without lines between them. On a terminal the last column gets
 * what the others leave.
 */
export async function renderRows(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  style: Style,
): Promise<string> {
  const ruler = await rulerFor(rows.flatMap((row) => row.map(({ text }) => text)).join(''));
  const cut = (text: string, { most }: Column) =>
    most === undefined || !isNarrow(style) ? text : ruler.fit(text, most);
  const shown = rows.map((row) =>
    row.map((cell, at) => ({ ...cell, text: cut(cell.text, columns[at] as Column) })),
  );
  const widths = columns.map((_, at) =>
    shown.reduce((widest, row) => Math.max(widest, ruler.widthOf(row[at]?.text ?? '')), 0),
  );
  return shown.map((row) => `${line(row, columns, widths, ruler, style)}\n`).join('');
}

function line(
  row: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
  ruler: Ruler,
  style: Style,
): string {
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 1, 0);
  const room = style.columns === undefined ? Number.POSITIVE_INFINITY : style.columns - before;
  const cells = row.map(({ text, paint }, at) => {
    const cell = at === last && room < Number.POSITIVE_INFINITY ? ruler.fit(text, room) : text;
    const space = ' '.repeat(Math.max(0, (widths[at] as number) - ruler.widthOf(cell)));
    const painted = paint && cell !== '' ? paint(cell) : cell;
    if (columns[at]?.align === 'right') return space + painted;
    return at === last ? painted : painted + space;
  });
  if (room >= Math.min(LEAST_OF_LAST, widths[last] as number)) return cells.join(' ').trimEnd();
  // Too narrow for columns, let alone colours.
  return ruler.fit(row.map(({ text }) => text).join(' '), style.columns as number);
}
