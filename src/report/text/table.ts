import Table from 'cli-table3';
import { columnWidths, narrowColumns } from './fitting/fit-columns.ts';
import type { Style } from './style.ts';
import { fit, widthOf } from './unicode-width.ts';

/** Each column has a border and two spaces. One more border closes the row. */
const FRAME_WIDTH_PER_COLUMN = 3;
const CLOSING_BORDER_WIDTH = 1;

/** So many columns are never left out. */
const MIN_COLUMNS = 2;

/**
 * A table with borders and a header. On a terminal, long cells are cut so that the table fits. On a very narrow one, columns
 * before the last one are left out, the later ones first.
 */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
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
  rows: readonly (readonly string[])[],
  count: number,
  columns: number | undefined,
): readonly (readonly string[])[] {
  if (columns === undefined) return rows;
  const room = columns - FRAME_WIDTH_PER_COLUMN * count - CLOSING_BORDER_WIDTH;
  const widths = narrowColumns(columnWidths(rows, count, { widthOf }), room);
  const isTooWide = widths.reduce((sum, width) => sum + width, 0) > room;
  if (isTooWide && count > MIN_COLUMNS) {
    const fewer = rows.map((row) => row.toSpliced(count - 2, 1));
    return fitCells(fewer, count - 1, columns);
  }
  return rows.map((row) => row.map((cell, at) => fit(cell, widths[at]!)));
}
