import { byStart, type TextRange } from '../../text/matching/text-range.ts';
import type { VisibleField } from '../../text/visible-text.ts';

/** A text of an event, with what was found in it. */
export interface FieldMatches {
  readonly field: Pick<VisibleField, 'path' | 'fieldName'>;
  /** In readable form. */
  readonly text: string;
  /** Where texts and patterns match, in order. Matches of different ones can overlap. None is empty. */
  readonly ranges: readonly TextRange[];
}

/** The ranges in order, each once. */
export function distinctRanges(ranges: readonly TextRange[]): TextRange[] {
  return ranges
    .toSorted(byStart)
    .filter(({ start, end }, at, all) => all[at - 1]?.start !== start || all[at - 1]?.end !== end);
}

/** What was found in several ways, each field once: in the order in which the fields come first. */
export function joinMatches(lists: readonly (readonly FieldMatches[])[]): FieldMatches[] {
  const joined = new Map<string, FieldMatches>();
  for (const one of lists.flat()) {
    // Paths of hostile depth are cut, so the text has to be the same too.
    const key = JSON.stringify([one.field.path, one.text]);
    const known = joined.get(key);
    const ranges = known ? distinctRanges([...known.ranges, ...one.ranges]) : one.ranges;
    joined.set(key, { ...one, ranges });
  }
  return [...joined.values()];
}
