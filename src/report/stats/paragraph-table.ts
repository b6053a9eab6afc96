import { type Cell, type Column, renderColumns, right } from '../text/columns.ts';
import type { Style } from '../text/style.ts';

const NAME: Column = { maxWidth: 20, minWidth: 14 };

/**
 * A paragraph with a table.
 *
 * @param names how many of the first columns contain names, which are left-aligned
 * @param ranks of the columns, see Column.rank
 */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  { names = 1, ranks = {} }: TableOptions = {},
): Promise<string> {
  const head: Cell[] = titles.map((text) => ({ text, paint: style.chalk.bold }));
  const columns = titles.map((title, at): Column => {
    const rank = ranks[title];
    return { ...(at < names ? NAME : right), ...(rank !== undefined && { rank }) };
  });
  return renderColumns(columns, [head, ...rows.map((row) => row.map((text) => ({ text })))], style);
}

interface TableOptions {
  readonly names?: number;
  /** By title. */
  readonly ranks?: Readonly<Record<string, number>>;
}
