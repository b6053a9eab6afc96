import { distance } from 'fastest-levenshtein';

/** Comparing two texts takes time by the product of their lengths. */
export const MAX_COMPARED_CHARS = 64;

/**
 * ` (did you mean index-gap?)` with the name that is most similar to a mistyped one, or nothing if no name is similar.
 * Case is ignored.
 */
export function suggestion(typed: string, names: Iterable<string>): string {
  if (typed.length > MAX_COMPARED_CHARS) return '';
  const edits = (name: string) => distance(typed.toLowerCase(), name.toLowerCase());
  const [nearest] = [...names]
    .filter((name) => name.length <= MAX_COMPARED_CHARS)
    .map((name) => ({ name, edits: edits(name) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest && nearest.edits <= typed.length / 3 ? ` (did you mean ${nearest.name}?)` : '';
}
