import Table from 'cli-table3';
import { columnWidths, narrowColumns } from './fit-columns.ts';
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

/** A table with borders and a header. On a terminal, long cells are cut so that the table fits. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const [titles = [], ...cells] = fitCells([head, ...rows], head.length, style.columns);
  const isOnePart = cells.length <= MAX_ROWS_AT_ONCE;
  const widths = isOnePart ? [] : columnWidths([titles, ...cells], head.length, { widthOf });
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
  rows: readonly (readonly string[])[],
  count: number,
  columns: number | undefined,
): readonly (readonly string[])[] {
  if (columns === undefined) return rows;
  const room = columns - FRAME_WIDTH_PER_COLUMN * count - CLOSING_BORDER_WIDTH;
  const widths = narrowColumns(columnWidths(rows, count, { widthOf }), room);
  return rows.map((row) => row.map((cell, at) => fit(cell, widths[at]!)));
}
