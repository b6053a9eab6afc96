import type { SecretRange } from '../search/secret-range.ts';

/**
 * Matches an escape sequence of a terminal: `ESC [01;31m` (a colour, as `grep --color` puts into the
 * middle of what it finds), `ESC ]0;title BEL`, `ESC M`. A sequence that does not end is left as text.
 */
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** A part of the text between two escape sequences: where it begins in the text, and without them. */
interface Piece {
  readonly start: number;
  readonly plainStart: number;
}

/**
 * What `find` finds in the text without its escape sequences, as ranges of the text with them. A
 * range includes the sequences inside the secret. Empty if the text contains no escape sequence.
 */
export function findIgnoringEscapes(
  text: string,
  find: (plain: string) => SecretRange[],
): SecretRange[] {
  if (!text.includes('\u001b')) return [];
  const { plain, pieces } = withoutEscapes(text);
  return find(plain).map((range) => ({
    ...range,
    start: originalPosition(pieces, range.start),
    end: originalPosition(pieces, range.end - 1) + 1,
  }));
}

function withoutEscapes(text: string): { plain: string; pieces: Piece[] } {
  const pieces: Piece[] = [];
  let plain = '';
  let start = 0;
  const addPiece = (end: number) => {
    if (end > start) pieces.push({ start, plainStart: plain.length });
    plain += text.slice(start, end);
  };
  for (const { index, 0: sequence } of text.matchAll(ESCAPE_SEQUENCE)) {
    addPiece(index);
    start = index + sequence.length;
  }
  addPiece(text.length);
  return { plain, pieces };
}

/** The offset in the text of an offset in the plain text; a binary search for the piece. */
function originalPosition(pieces: readonly Piece[], plainAt: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).plainStart <= plainAt) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low] as Piece;
  return piece.start + plainAt - piece.plainStart;
}
