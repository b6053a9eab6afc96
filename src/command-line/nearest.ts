import { distance } from 'fastest-levenshtein';

/** Comparing two texts takes time by the product of their lengths. */
export const MAX_COMPARED_CHARS = 64;

/** A shorter part of a name can be of any. */
const MIN_PART_CHARS = 3;
const MAX_HOLDING = 3;

/**
 * ` (did you mean index-gap?)` with the name that is most similar to a mistyped one, with the few that contain
 * it, or nothing if no name is similar.
 * Case is ignored.
 */
export function suggestion(typed: string, names: Iterable<string>): string {
  if (typed.length > MAX_COMPARED_CHARS) return '';
  const edits = (name: string) => distance(typed.toLowerCase(), name.toLowerCase());
  const [nearest] = [...names]
    .filter((name) => name.length <= MAX_COMPARED_CHARS)
    .map((name) => ({ name, edits: edits(name) }))
    .sort((a, b) => a.edits - b.edits);
  if (nearest && nearest.edits <= typed.length / 3) return ` (did you mean ${nearest.name}?)`;
  const part = typed.toLowerCase();
  const holding = [...names].filter((name) => name.toLowerCase().includes(part));
  const isTelling = part.length >= MIN_PART_CHARS && holding.length > 0;
  return isTelling && holding.length <= MAX_HOLDING
    ? ` (did you mean ${holding.join(' or ')}?)`
    : '';
}
