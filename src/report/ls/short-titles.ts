import { smallest } from '../../domain/numbers/extremes.ts';

/** Titles that begin with so many same words are looked at together. */
const MIN_SHARED_WORDS = 4;
/** A shorter common beginning is kept: it costs little room. In characters. */
const MIN_SKIPPED_CHARS = 24;
/** A word that differs belongs to the common beginning if so many same words follow. */
const MIN_WORDS_AFTER = 3;
/** No more words are compared. */
const MAX_WORDS = 300;

/**
 * Titles without the words that several of them begin with, such as those of a template for prompts. Of a word that
 * differs within these, the last part of a path is kept: `…sympy: The difference of MatrixSymbols`. The others are as
 * they were. None of the titles is safe to print.
 */
export function shortTitles(titles: readonly (string | undefined)[]): (string | undefined)[] {
  const groups = new Map<string, string[][]>();
  const wordsOf = titles.map((title) => title?.trim().split(/\s+/, MAX_WORDS));
  for (const words of wordsOf) {
    const key = keyOf(words);
    if (!words || key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(words);
    else groups.set(key, [words]);
  }
  const beginnings = new Map([...groups].map(([key, group]) => [key, commonBeginning(group)]));
  return titles.map((title, at) => {
    const words = wordsOf[at];
    const beginning = beginnings.get(keyOf(words) ?? '');
    return words && beginning ? withoutBeginning(words, beginning) : title;
  });
}

function keyOf(words: readonly string[] | undefined): string | undefined {
  if (!words || words.length <= MIN_SHARED_WORDS) return undefined;
  return words.slice(0, MIN_SHARED_WORDS).join(' ');
}

interface Beginning {
  /** How many words it has. */
  readonly length: number;
  /** The places of words in it that differ. */
  readonly differing: readonly number[];
}

/** What titles have in common at their beginning; undefined if it is too little, or all of one title. */
function commonBeginning(group: readonly (readonly string[])[]): Beginning | undefined {
  const [first, ...others] = group;
  if (!first || others.length === 0) return undefined;
  const shortest = smallest(group.map(({ length }) => length));
  const isSame = (at: number) => at < shortest && others.every((words) => words[at] === first[at]);
  const differing: number[] = [];
  let length = 0;
  for (; length < shortest; length++) {
    if (isSame(length)) continue;
    const after = Array.from({ length: MIN_WORDS_AFTER }, (_, at) => length + 1 + at);
    if (!after.every(isSame)) break;
    differing.push(length);
  }
  // Nothing would be left of a title that ends here.
  if (length >= shortest) return undefined;
  const skipped = first.slice(0, length).join(' ').length;
  return skipped < MIN_SKIPPED_CHARS ? undefined : { length, differing };
}

function withoutBeginning(words: readonly string[], { length, differing }: Beginning): string {
  const rest = words.slice(length).join(' ');
  const kept = differing.map((at) => lastPart(words[at] ?? '')).filter((word) => word !== '');
  return `…${kept.length > 0 ? `${kept.join(', ')}: ` : ''}${rest}`;
}

/** The last part of a path, or a word, without the punctuation around it. */
function lastPart(word: string): string {
  return word.replace(/^[^\p{L}\p{N}/]+|[^\p{L}\p{N}]+$/gu, '').replace(/^.*\//s, '');
}
