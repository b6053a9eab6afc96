import { distance } from 'fastest-levenshtein';
import { className, KINDS, kindKey, shortKind } from '../domain/event-kinds.ts';
import { smallest } from '../domain/numbers/extremes.ts';

/** Events can contain kinds of any length, and comparing two takes time by the product of their lengths. */
const MAX_COMPARED_CHARS = 64;

/**
 * Finds the kind that is most similar to a mistyped one, and returns its short name. Kinds that occur come before the other
 * known ones. Undefined if none is similar, or if the kind is a known one.
 */
export function nearestKind(asked: string, found: Iterable<string>): string | undefined {
  const typed = className(asked).toLowerCase();
  const isKnown = KINDS.some((kind) => kindKey(kind) === kindKey(asked));
  if (isKnown || typed.length > MAX_COMPARED_CHARS) return undefined;
  const distanceTo = (kind: string) => {
    const names = [shortKind(kind), className(kind).toLowerCase()];
    return smallest(names.map((name) => distance(typed, name)));
  };
  const [nearest] = [...found, ...KINDS]
    .filter((kind) => kind.length <= MAX_COMPARED_CHARS)
    .map((kind) => ({ short: shortKind(kind), edits: distanceTo(kind) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest && nearest.edits <= typed.length / 3 ? nearest.short : undefined;
}
