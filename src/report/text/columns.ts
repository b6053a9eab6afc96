import { columnWidths } from './fit-columns.ts';
import { isNarrow, type Style } from './style.ts';
import { measureFor, type TextMeasure } from './text-width.ts';

/** A cell of a row. */
export interface Cell {
  /** Safe to print. */
  readonly text: string;
  /** Colours or links the text after it has been cut to fit. */
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly align?: 'right';
  /** Longer texts are cut on a narrow terminal. In columns of the terminal. */
  readonly maxWidth?: number;
}

export const right: Column = { align: 'right' };

/** A narrower last column is of no use. In columns of the terminal. */
const MIN_LAST_WIDTH = 8;

/** Rows in aligned columns, without borders. On a terminal, the last column gets the room that the others leave. */
export async function renderColumns(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  style: Style,
): Promise<string> {
  const lines = await columnLines(columns, rows, style);
  return lines.map((text) => `${text}\n`).join('');
}

/** As `renderColumns`, but with one text for each row. @param wraps a row that is too long is wrapped instead of cut */
export async function columnLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  style: Style,
  wraps = false,
): Promise<string[]> {
  const last = columns.length - 1;
  // Texts of the last column can be long. Only the part that can fit is measured, and on a pipe none of it is.
  const visible = (text: string) =>
    style.columns === undefined ? '' : text.slice(0, style.columns);
  const measured = rows.flatMap((row) =>
    row.map(({ text }, at) => (at === last && !wraps ? visible(text) : text)),
  );
  const measure = await measureFor(measured.join(''));
  const cut = (text: string, { maxWidth }: Column) =>
    maxWidth === undefined || !isNarrow(style) ? text : measure.fit(text, maxWidth);
  const shown = rows.map((row) =>
    row.map((cell, at) => ({ ...cell, text: cut(cell.text, columns[at] as Column) })),
  );
  // Nothing follows a last column that is left-aligned, so it only has to be known whether it is narrow.
  const isCutShort = (at: number) => at === last && columns[last]?.align !== 'right';
  const texts = shown.map((row) =>
    row.map(({ text }, at) => (isCutShort(at) ? text.slice(0, MIN_LAST_WIDTH) : text)),
  );
  const widths = columnWidths(texts, columns.length, measure);
  const wrapCell = wraps && style.columns !== undefined ? await wrapperFor(style) : undefined;
  return shown.map((row) => line(row, columns, widths, measure, style, wrapCell));
}

/** Splits a text into lines. @param room columns for the first line; the others get the whole terminal, less an indent */
type Wrapper = (text: string, room: number) => [string, ...string[]];

/** In columns. */
const WRAPPED_INDENT = 4;

async function wrapperFor(style: Style): Promise<Wrapper> {
  const { MIN_WRAP_COLUMNS, wrap } = await import('./wrap.ts');
  const indent = ' '.repeat(WRAPPED_INDENT);
  const below = (text: string) =>
    wrap(text, style, WRAPPED_INDENT)
      .split('\n')
      .map((part) => indent + part);
  return (text, room) => {
    if (room < MIN_WRAP_COLUMNS) return ['', ...below(text)];
    const [first = '', ...rest] = wrap(text, { ...style, columns: room }).split('\n');
    return [first, ...below(rest.join(''))];
  };
}

function line(
  row: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
  { fit, widthOf }: TextMeasure,
  style: Style,
  wrapCell: Wrapper | undefined,
): string {
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 1, 0);
  const room = style.columns === undefined ? Number.POSITIVE_INFINITY : style.columns - before;
  let below: string[] = [];
  const fitLast = (text: string) => {
    if (!wrapCell || widthOf(text) <= room) return fit(text, room);
    const [first, ...others] = wrapCell(text, room);
    below = others.map((part) => `\n${row[last]?.paint?.(part.trimEnd()) ?? part.trimEnd()}`);
    return first.trimEnd();
  };
  const cells = row.map(({ text, paint }, at) => {
    const cell = at === last && room < Number.POSITIVE_INFINITY ? fitLast(text) : text;
    const painted = paint && cell !== '' ? paint(cell) : cell;
    const isRight = columns[at]?.align === 'right';
    if (at === last && !isRight) return painted;
    const space = ' '.repeat(Math.max(0, (widths[at] as number) - widthOf(cell)));
    return isRight ? space + painted : painted + space;
  });
  if (room >= Math.min(MIN_LAST_WIDTH, widths[last] as number)) {
    return cells.join(' ').trimEnd() + below.join('');
  }
  // Too narrow for columns. A line that is cut has no colours, because a cut could lose their end.
  return fit(row.map(({ text }) => text).join(' '), style.columns as number);
}
