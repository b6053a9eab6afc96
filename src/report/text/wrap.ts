import wrapAnsi from 'wrap-ansi';
import type { Style } from './style.ts';

/** Narrower lines are never made, even on a narrow terminal. In columns. */
export const MIN_WRAP_COLUMNS = 20;

/** Wraps a text between words to the width of the terminal, less an indent. Without a terminal, nothing is wrapped. */
export function wrap(text: string, { columns }: Style, indent = 0): string {
  if (columns === undefined) return text;
  return wrapAnsi(text, Math.max(MIN_WRAP_COLUMNS, columns - indent), { hard: true, trim: false });
}

/** Wraps a line of prose. No line of the result begins or ends with a space. */
export function wrapProse(text: string, style: Style): string {
  const lines = wrap(text, style).split('\n');
  return lines.map((line) => line.trim()).join('\n');
}
