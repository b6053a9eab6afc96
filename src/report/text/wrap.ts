import wrapAnsi from 'wrap-ansi';
import type { Style } from './style.ts';

/** Narrower lines are never made, even on a narrow terminal. In columns. */
export const MIN_WRAP_COLUMNS = 20;

/**
 * Wraps a text between words to the width of the terminal, less an indent. The spaces at a break are left out, those at the
 * beginning of a line stay. Without a terminal, nothing is wrapped.
 */
export function wrap(text: string, { columns }: Style, indent = 0): string {
  if (columns === undefined) return text;
  const width = Math.max(MIN_WRAP_COLUMNS, columns - indent);
  const rowsOf = (line: string) => wrapAnsi(line, width, { hard: true, trim: false }).split('\n');
  return text
    .split('\n')
    .flatMap((line) =>
      rowsOf(line).map((row, at, rows) => {
        const begun = at === 0 ? row : row.trimStart();
        return at === rows.length - 1 ? begun : begun.trimEnd();
      }),
    )
    .join('\n');
}

/** Wraps a line of prose. No line of the result begins or ends with a space. */
export function wrapProse(text: string, style: Style): string {
  const lines = wrap(text, style).split('\n');
  return lines.map((line) => line.trim()).join('\n');
}
