import { isPlain } from './ascii.ts';

/** Measures texts in columns of a terminal. The texts must not contain escape sequences. */
export interface TextMeasure {
  widthOf(text: string): number;
  /** The text if it fits into `columns`, else its beginning and an ellipsis. Characters are never split. */
  fit(text: string, columns: number): string;
}

const PLAIN: TextMeasure = {
  widthOf: (text) => text.length,
  fit(text, columns) {
    if (columns <= 0) return '';
    return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
  },
};

/**
 * The measure for a text, and for its parts. The Unicode tables are loaded only if the text needs them, because loading
 * them takes longer than running most commands.
 */
export async function measureFor(text: string): Promise<TextMeasure> {
  return isPlain(text) ? PLAIN : import('./unicode-width.ts');
}
