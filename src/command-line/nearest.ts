import { distance } from 'fastest-levenshtein';

/** Comparing two texts takes time by the product of their lengths, and events can contain names of any length. */
const MAX_COMPARED_CHARS = 64;
/** A shorter word is part of too many names. */
const MIN_PART_CHARS = 3;
/** More names that contain a word are none that was meant. */
const MAX_CONTAINING = 3;

/** How names are compared with a mistyped one. */
interface Comparison {
  /** How many letters differ; by default, those of the whole name. */
  readonly edits?: (name: string) => number;
  /** Names that differ in more letters are not similar. By default, a third of what was typed. */
  readonly maxEdits?: number;
}

/** The names that are similar to a mistyped one, the most similar first. Case is ignored. */
export function nearNames(
  typed: string,
  names: Iterable<string>,
  { edits = (name) => editsBetween(typed, name), maxEdits = typed.length / 3 }: Comparison = {},
): string[] {
  if (typed.length > MAX_COMPARED_CHARS) return [];
  return [...new Set(names)]
    .filter((name) => name.length <= MAX_COMPARED_CHARS)
    .map((name) => ({ name, edits: edits(name) }))
    .filter((one) => one.edits <= maxEdits)
    .sort((a, b) => a.edits - b.edits)
    .map(({ name }) => name);
}

/** How many letters differ between two words. Two neighbours that changed places are one. */
export function editsBetween(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  const plain = distance(a, b);
  if (plain !== 2 || a.length !== b.length) return plain;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] ? 1 : plain;
}

/**
 * ` (did you mean index-gap?)` with the name that is most similar to a mistyped one, else with the names that contain
 * what was typed; nothing if there are none.
 */
export function suggestion(typed: string, names: Iterable<string>): string {
  const all = [...names];
  const [nearest] = nearNames(typed, all);
  const word = typed.toLowerCase();
  const containing =
    typed.length < MIN_PART_CHARS ? [] : all.filter((name) => name.toLowerCase().includes(word));
  const meant = nearest === undefined ? containing : [nearest];
  const isClear = meant.length > 0 && meant.length <= MAX_CONTAINING;
  return isClear ? ` (did you mean ${meant.join(' or ')}?)` : '';
}

/** Words as a message repeats them: those that are not known, each with a suggestion. */
export function withSuggestions(typed: readonly string[], known: readonly string[]): string[] {
  return typed.map((word) => (known.includes(word) ? word : `${word}${suggestion(word, known)}`));
}
