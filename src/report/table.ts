import Table from 'cli-table3';
import type { Style } from './style.ts';
import { fit, widthOf } from './width.ts';

/** A table with a header. On a terminal the last column gives way so that it fits. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const cells = cutLast(head, rows, style.columns);
  const table = new Table({
    head: head.map((title) => style.chalk.bold(title)),
    style: { head: [], border: [], compact: true },
  });
  table.push(...cells.map((row) => [...row]));
  return `${table.toString()}\n`;
}

function cutLast(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined,
): readonly (readonly string[])[] {
  if (columns === undefined) return rows;
  const widths = head.map((title, at) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  const last = head.length - 1;
  const others = widths.slice(0, last).reduce((sum, width) => sum + width, 0);
  const room = Math.max(8, columns - others - 3 * head.length - 1);
  return rows.map((row) => row.map((cell, at) => (at === last ? fit(cell, room) : cell)));
}
