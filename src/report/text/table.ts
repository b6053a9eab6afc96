import Table from 'cli-table3';
import type { Style } from './style.ts';
import { fit, widthOf } from './unicode-width.ts';

/** A table with a header, which fits a terminal. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const [titles = [], ...cells] = fitted(head, rows, style.columns);
  const table = new Table({
    head: titles.map((title) => style.chalk.bold(title)),
    style: { head: [], border: [], compact: true },
  });
  for (const row of cells) table.push([...row]);
  return `${table.toString()}\n`;
}

/** Least width that a column is cut to; the last, which holds the most, gives way first. */
const MIN_COLUMN_WIDTH = 6;
const MIN_LAST_COLUMN_WIDTH = 12;

/** Cells that fit a width together: the last column gives way, then the widest. */
function fitted(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined,
): readonly (readonly string[])[] {
  const all = [head, ...rows];
  if (columns === undefined) return all;
  const widths = head.map((_, at) =>
    all.reduce((widest, row) => Math.max(widest, widthOf(row[at] ?? '')), 0),
  );
  // A border and two spaces a column, and the last border.
  let excess = widths.reduce((sum, width) => sum + width + 3, 1) - columns;
  for (; excess > 0; excess--) {
    const last = widths.length - 1;
    const isLastWide = widths[last]! > MIN_LAST_COLUMN_WIDTH;
    const widest = isLastWide ? last : widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= MIN_COLUMN_WIDTH) break;
    widths[widest]!--;
  }
  return all.map((row) => row.map((cell, at) => fit(cell, widths[at]!)));
}
