import wrapAnsi from 'wrap-ansi';
import type { Style } from './style.ts';

/** Text over lines of at most a terminal's width, broken between words; elsewhere as it is. */
export function wrap(text: string, { columns }: Style, indent = 0): string {
  if (columns === undefined) return text;
  return wrapAnsi(text, Math.max(20, columns - indent), { hard: true, trim: false });
}
