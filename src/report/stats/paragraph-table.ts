import { type Cell, type Column, renderColumns, right } from '../text/columns.ts';
import type { Style } from '../text/style.ts';

/** A paragraph with a table. @param names how many of the first columns contain names, which are left-aligned */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  names = 1,
): Promise<string> {
  const head: Cell[] = titles.map((text) => ({ text, paint: style.chalk.bold }));
  const columns = titles.map((_, at): Column => (at < names ? { maxWidth: 20 } : right));
  return renderColumns(columns, [head, ...rows.map((row) => row.map((text) => ({ text })))], style);
}
