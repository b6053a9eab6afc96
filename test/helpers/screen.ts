/** What can act on a terminal: control characters, and marks that turn the writing direction. */
export const ACTS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Columns of a line, counted another way than the product does: by East Asian width alone. */
export function width(line: string): number {
  const segments = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  const isWide = (text: string) =>
    /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff01-\uff60]/u.test(
      text,
    );
  return segments.reduce(
    (sum, text) => sum + (isWide(text) ? 2 : /^\p{M}+$/u.test(text) ? 0 : 1),
    0,
  );
}
