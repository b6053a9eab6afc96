import type { TextRange } from './text-range.ts';

/**
 * Where a text contains a needle. Two of the ranges never overlap. An empty needle is nowhere.
 *
 * @param max of so many ranges, the first ones are found
 */
export function literalRanges(
  text: string,
  needle: string,
  ignoresCase: boolean,
  max = Number.POSITIVE_INFINITY,
): TextRange[] {
  if (needle === '') return [];
  const searched = ignoresCase ? text.toLowerCase() : text;
  const wanted = ignoresCase ? needle.toLowerCase() : needle;
  const ranges: { start: number; end: number }[] = [];
  for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at)) {
    if (ranges.length >= max) break;
    ranges.push({ start: at, end: at + wanted.length });
    at += wanted.length;
  }
  return searched.length === text.length ? ranges : inOriginal(text, ranges);
}

/**
 * Ranges of the lower case of a text, as ranges of the text itself. They differ after a character whose lower case is
 * longer, such as `İ`. A range that takes part of such a character takes all of it.
 */
function inOriginal(text: string, ranges: readonly TextRange[]): TextRange[] {
  const found: TextRange[] = [];
  let [original, lower] = [0, 0];
  const characters = text[Symbol.iterator]();
  let current = '';
  const next = () => {
    original += current.length;
    lower += current.toLowerCase().length;
    current = (characters.next().value as string | undefined) ?? '';
  };
  next();
  for (const { start, end } of ranges) {
    while (current !== '' && lower + current.toLowerCase().length <= start) next();
    const from = original;
    while (current !== '' && lower < end) next();
    const last = found.at(-1);
    // Two ranges that share a character of the text are one.
    if (last && from < last.end) found[found.length - 1] = { start: last.start, end: original };
    else found.push({ start: from, end: original });
  }
  return found;
}
