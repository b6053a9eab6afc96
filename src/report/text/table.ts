import Table from 'cli-table3';
import { columnWidths, narrowColumns } from './fit-columns.ts';
import type { Style } from './style.ts';
import { fit, widthOf } from './unicode-width.ts';

/** Each column has a border and two spaces. One more border closes the row. */
const FRAME_WIDTH_PER_COLUMN = 3;
const CLOSING_BORDER_WIDTH = 1;

/** A row that can be shown in other ways than by cutting the ends of its cells. */
export interface WideRow {
  /** The cells, as wide as they are at most. */
  readonly cells: readonly string[];
  /** The cells with their colours. @param widths in columns of the terminal, one for each cell */
  within(widths: readonly number[]): readonly string[];
}

type Row = readonly string[] | WideRow;

/** A table with borders and a header. On a terminal, long cells are cut so that the table fits. */
export function renderTable(head: readonly string[], rows: readonly Row[], style: Style): string {
  const [titles = [], ...cells] = fitCells([head, ...rows], head.length, style.columns);
  const table = new Table({
    head: titles.map((title) => style.chalk.bold(title)),
    style: { head: [], border: [], compact: true },
  });
  for (const row of cells) table.push([...row]);
  return `${table.toString()}\n`;
}

/** @param count how many columns the table has @param columns width of the terminal, if it is one */
function fitCells(
  rows: readonly Row[],
  count: number,
  columns: number | undefined,
): readonly (readonly string[])[] {
  const cells = rows.map((row) => ('within' in row ? row.cells : row));
  const wanted = columnWidths(cells, count, { widthOf });
  const room = columns && columns - FRAME_WIDTH_PER_COLUMN * count - CLOSING_BORDER_WIDTH;
  const widths = room === undefined ? wanted : narrowColumns(wanted, room);
  return rows.map((row) =>
    'within' in row ? row.within(widths) : row.map((cell, at) => fit(cell, widths[at]!)),
  );
}
