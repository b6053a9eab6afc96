import { className, KINDS, kindKey, shortKind } from '../domain/event-kinds.ts';
import { smallest } from '../domain/numbers/extremes.ts';
import { editsBetween, nearNames } from './nearest.ts';

/**
 * Finds the kind that is most similar to a mistyped one, and returns its short name. Kinds that occur come before the other
 * known ones. Undefined if none is similar, or if the kind is a known one.
 */
export function nearestKind(asked: string, found: Iterable<string>): string | undefined {
  if (KINDS.some((kind) => kindKey(kind) === kindKey(asked))) return undefined;
  const typed = className(asked);
  const edits = (kind: string) =>
    smallest([shortKind(kind), className(kind)].map((name) => editsBetween(typed, name)));
  const [nearest] = nearNames(typed, [...found, ...KINDS], { edits });
  return nearest === undefined ? undefined : shortKind(nearest);
}
