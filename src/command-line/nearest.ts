import { distance } from 'fastest-levenshtein';

/** Comparing two texts takes time by the product of their lengths. */
const MAX_COMPARED_CHARS = 64;

/** The name that is most similar to a mistyped one; undefined if none is similar. Case is ignored. */
function nearestName(typed: string, names: Iterable<string>): string | undefined {
  if (typed.length > MAX_COMPARED_CHARS) return undefined;
  const edits = (name: string) => distance(typed.toLowerCase(), name.toLowerCase());
  const [nearest] = [...names]
    .filter((name) => name.length <= MAX_COMPARED_CHARS)
    .map((name) => ({ name, edits: edits(name) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest && nearest.edits <= typed.length / 3 ? nearest.name : undefined;
}

/** ` (did you mean index-gap?)`, or nothing if no name is similar to what was typed. */
export function suggestion(typed: string, names: Iterable<string>): string {
  const nearest = nearestName(typed, names);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}
