import { distance } from 'fastest-levenshtein';
import { className, KINDS, kindKey, shortKind } from '../domain/event-kinds.ts';

/** Events can claim kinds of any length; measuring takes time by the product of two. */
const MAX_COMPARED_CHARS = 64;

/**
 * The kind that somebody who mistyped one can have meant, in its short form: one that occurs before
 * one that could. Undefined where none is near, or where it is one that there could be.
 */
export function nearestKind(asked: string, found: Iterable<string>): string | undefined {
  const typed = className(asked).toLowerCase();
  if (typed.length > MAX_COMPARED_CHARS || KINDS.some((kind) => kindKey(kind) === kindKey(asked)))
    return;
  const farness = (kind: string) =>
    Math.min(...[shortKind(kind), className(kind).toLowerCase()].map((n) => distance(typed, n)));
  const [nearest] = [...found, ...KINDS]
    .filter((kind) => kind.length <= MAX_COMPARED_CHARS)
    .map((kind) => ({ short: shortKind(kind), farness: farness(kind) }))
    .sort((a, b) => a.farness - b.farness);
  return nearest && nearest.farness <= typed.length / 3 ? nearest.short : undefined;
}
