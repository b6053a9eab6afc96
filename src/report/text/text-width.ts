import type { TextRange } from '../../text/matching/text-range.ts';
import { isPlain } from './ascii.ts';

/** Measures texts in columns of a terminal. The texts must not contain escape sequences. */
export interface TextMeasure {
  widthOf(text: string): number;
  /** The text if it fits into `columns`, else its beginning and an ellipsis. Characters are never split. */
  fit(text: string, columns: number): string;
  /** How many UTF-16 units at the beginning of a text fit into `columns`. Characters are never split. */
  headUnits(text: string, columns: number): number;
  /** The same for its end. */
  tailUnits(text: string, columns: number): number;
  /** A range, widened so that it splits no character. */
  whole(text: string, range: TextRange): TextRange;
}

const PLAIN: TextMeasure = {
  widthOf: (text) => text.length,
  fit(text, columns) {
    if (columns <= 0) return '';
    return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
  },
  headUnits: (text, columns) => Math.max(0, Math.min(text.length, columns)),
  tailUnits: (text, columns) => Math.max(0, Math.min(text.length, columns)),
  whole: (_, range) => range,
};

/**
 * The measure for a text, and for its parts. The Unicode tables are loaded only if the text needs them, because loading
 * them takes longer than running most commands.
 */
export async function measureFor(text: string): Promise<TextMeasure> {
  return isPlain(text) ? PLAIN : import('./unicode-width.ts');
}
