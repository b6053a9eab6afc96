import { columnWidths } from './fitting/fit-columns.ts';
import { fitColumns } from './fitting/flexible-columns.ts';
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
  /**
   * Where there is no room, columns of a lower rank are left out first. Default: the first and the last column stay, and
   * of the others the later ones are left out first.
   */
  readonly rank?: number;
  /** Its texts are cut to this width before a column is left out. Default: numbers are never cut. In columns. */
  readonly minWidth?: number;
}

export const right: Column = { align: 'right' };

/** A narrower last column is of no use, and neither is one of names. In columns of the terminal. */
const MIN_LAST_WIDTH = 8;
const MIN_NAME_WIDTH = 8;

/**
 * Rows in aligned columns, without borders. On a terminal, the last column gets the room that the others leave, and columns
 * that there is no room for are left out.
 */
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
  const least = Math.max(MIN_LAST_WIDTH, columns[last]?.minWidth ?? 0);
  const texts = shown.map((row) =>
    row.map(({ text }, at) => (isOpen(columns, at) ? text.slice(0, least) : text)),
  );
  const natural = columnWidths(texts, columns.length, measure);
  const widths = style.columns === undefined ? natural : fitted(columns, natural, style.columns);
  const isKept = (_: unknown, at: number) => widths[at] !== undefined;
  const kept = columns.filter(isKept);
  const fit = (text: string, at: number) =>
    isOpen(columns, at) || widths[at] === natural[at] ? text : measure.fit(text, widths[at] ?? 0);
  const lines = shown.map((row) =>
    row.map((cell, at) => ({ ...cell, text: fit(cell.text, at) })).filter(isKept),
  );
  const wrapCell = wraps && style.columns !== undefined ? await wrapperFor(style) : undefined;
  const known = widths.filter((width) => width !== undefined);
  return lines.map((row) => line(row, kept, known, measure, style, wrapCell));
}

/** Whether a column is the last one, and takes what room is left. */
const isOpen = (columns: readonly Column[], at: number) =>
  at === columns.length - 1 && columns[at]?.align !== 'right';

/** The width of each column on a terminal; undefined for one that is left out. */
function fitted(
  columns: readonly Column[],
  natural: readonly number[],
  room: number,
): readonly (number | undefined)[] {
  const needed = natural.reduce((sum, width) => sum + width, columns.length - 1);
  if (needed <= room) return natural;
  const isRanked = columns.some(({ rank }) => rank !== undefined);
  const last = columns.length - 1;
  const rankOf = (at: number) => (at === 0 || at === last ? undefined : last - at);
  return fitColumns(
    columns.map(({ rank, minWidth, align }, at) => ({
      width: natural[at] as number,
      minWidth: minWidth ?? (align === 'right' || isOpen(columns, at) ? undefined : MIN_NAME_WIDTH),
      rank: isRanked ? rank : rankOf(at),
    })),
    room,
  );
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
    const [first = ''] = wrap(text, { ...style, columns: room }).split('\n');
    return [first, ...below(text.slice(first.length).trimStart())];
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
