/** Measures texts without escapes in columns of a terminal. */
export interface TextMeasure {
  widthOf(text: string): number;
  /** The text if it fits into `columns`, else its beginning and an ellipsis; never half a character. */
  fit(text: string, columns: number): string;
}

export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

const PLAIN: TextMeasure = {
  widthOf: (text) => text.length,
  fit(text, columns) {
    if (columns <= 0) return '';
    return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
  },
};

/** What measures a text: Unicode's tables take longer to load than most commands to run. */
export async function measureFor(text: string): Promise<TextMeasure> {
  return isPlain(text) ? PLAIN : import('./unicode-width.ts');
}
