import Table from 'cli-table3';
import { columnWidths, narrowColumns } from './fitting/fit-columns.ts';
import type { Style } from './style.ts';
import { fit, widthOf } from './unicode-width.ts';

/** Each column has a border and two spaces. One more border closes the row. */
const FRAME_WIDTH_PER_COLUMN = 3;
const CLOSING_BORDER_WIDTH = 1;

/** The library takes a limited number of rows at once. */
const MAX_ROWS_AT_ONCE = 10_000;
/** The parts of a border that are left out where a table goes on. */
const NO_TOP = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' };
const NO_BOTTOM = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };

/** So many columns are never left out. */
const MIN_COLUMNS = 2;

/** A row that can be shown in other ways than by cutting the ends of its cells. */
export interface WideRow {
  /** The cells, as wide as they are at most. */
  readonly cells: readonly string[];
  /** The cells with their colours. @param widths in columns of the terminal, one for each cell */
  within(widths: readonly number[]): readonly string[];
}

type Row = readonly string[] | WideRow;

/**
 * A table with borders and a header. On a terminal, long cells are cut so that the table fits. On a very narrow one, columns
 * before the last one are left out, the later ones first.
 */
export function renderTable(head: readonly string[], rows: readonly Row[], style: Style): string {
  const [titles = [], ...cells] = fitCells([head, ...rows], head.length, style.columns);
  const isOnePart = cells.length <= MAX_ROWS_AT_ONCE;
  const widths = isOnePart ? [] : columnWidths([titles, ...cells], titles.length, { widthOf });
  const parts: string[] = [];
  for (let from = 0; from === 0 || from < cells.length; from += MAX_ROWS_AT_ONCE) {
    const to = from + MAX_ROWS_AT_ONCE;
    const table = new Table({
      head: from === 0 ? titles.map((title) => style.chalk.bold(title)) : [],
      style: { head: [], border: [], compact: true },
      chars: { ...(from > 0 && NO_TOP), ...(to < cells.length && NO_BOTTOM) },
      colWidths: widths.map((width) => width + 2),
    });
    for (const row of cells.slice(from, to)) table.push([...row]);
    parts.push(`${table.toString()}\n`);
  }
  return parts.join('');
}

/** @param count how many columns the table has @param columns width of the terminal, if it is one */
function fitCells(
  rows: readonly Row[],
  count: number,
  columns: number | undefined,
): readonly (readonly string[])[] {
  const cells = rows.map((row) => ('within' in row ? row.cells : row));
  const wanted = columnWidths(cells, count, { widthOf });
  const widths = columns === undefined ? wanted : widthsWithin(wanted, columns);
  const shown = widths.map((width) => width ?? 0);
  return rows.map((row) => {
    const fitted =
      'within' in row ? row.within(shown) : row.map((cell, at) => fit(cell, shown[at]!));
    return fitted.filter((_, at) => widths[at] !== undefined);
  });
}

/** The width of each column on a terminal; undefined for one that is left out. */
function widthsWithin(wanted: readonly number[], columns: number): (number | undefined)[] {
  for (let count = wanted.length; ; count--) {
    const kept = [...wanted.slice(0, count - 1), ...wanted.slice(-1)];
    const room = columns - FRAME_WIDTH_PER_COLUMN * count - CLOSING_BORDER_WIDTH;
    const widths = narrowColumns(kept, room);
    const fits = widths.reduce((sum, width) => sum + width, 0) <= room;
    if (!fits && count > MIN_COLUMNS) continue;
    const left: undefined[] = new Array(wanted.length - kept.length).fill(undefined);
    return [...widths.slice(0, -1), ...left, ...widths.slice(-1)];
  }
}
