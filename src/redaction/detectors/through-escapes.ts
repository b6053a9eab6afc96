import type { Range } from '../rewriting/ranges.ts';

/*
 * Colours and the like, as `grep --color` puts them into the middle of what it finds. A sequence that does not end
 * is left as text.
 */
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** What is found in a text without its escape sequences, where it stands in the text with them. */
export function findThroughEscapes(text: string, find: (plain: string) => Range[]): Range[] {
  if (!text.includes('\u001b')) return [];
  // Where each piece between two sequences begins, in the text and in the plain one.
  const pieces: { at: number; plainAt: number }[] = [];
  let plain = '';
  let at = 0;
  const keep = (end: number) => {
    if (end > at) pieces.push({ at, plainAt: plain.length });
    plain += text.slice(at, end);
  };
  for (const { index, 0: sequence } of text.matchAll(ESCAPE)) {
    keep(index);
    at = index + sequence.length;
  }
  keep(text.length);
  const placeOf = (plainAt: number) => {
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle] as { plainAt: number }).plainAt <= plainAt) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low] as { at: number; plainAt: number };
    return piece.at + plainAt - piece.plainAt;
  };
  return find(plain).map((range) => ({
    ...range,
    start: placeOf(range.start),
    end: placeOf(range.end - 1) + 1,
  }));
}
