import { markerOf } from '../marker.ts';
import type { SecretRange } from '../search/secret-range.ts';

/**
 * The ranges in order, with overlapping ranges merged into one. A merged range has the rule of
 * whichever range comes first in `ranges`.
 */
export function mergeRanges(ranges: readonly SecretRange[]): SecretRange[] {
  const ranked = ranges
    .filter(({ start, end }) => start < end)
    .map((range, rank) => ({ ...range, rank }))
    .sort((a, b) => a.start - b.start || a.rank - b.rank);
  const merged: typeof ranked = [];
  for (const range of ranked) {
    const last = merged.at(-1);
    if (last === undefined || range.start >= last.end) {
      merged.push(range);
      continue;
    }
    const { rule, rank } = range.rank < last.rank ? range : last;
    merged[merged.length - 1] = {
      start: last.start,
      end: Math.max(last.end, range.end),
      rule,
      rank,
    };
  }
  return merged.map(({ start, end, rule }) => ({ start, end, rule }));
}

/** The text with a marker in place of every range. @param ranges as `mergeRanges` returns them */
export function replaceRanges(text: string, ranges: readonly SecretRange[]): string {
  let copiedTo = 0;
  const parts: string[] = [];
  for (const { start, end, rule } of ranges) {
    parts.push(text.slice(copiedTo, start), markerOf(rule));
    copiedTo = end;
  }
  return copiedTo === 0 ? text : parts.join('') + text.slice(copiedTo);
}

/**
 * Combines two rounds of replacement into one.
 *
 * @param first ranges of the original text, as `mergeRanges` returns them
 * @param second ranges of the text that replacing `first` produced, likewise
 * @returns ranges of the original text that cover both
 */
export function combineRounds(
  first: readonly SecretRange[],
  second: readonly SecretRange[],
): SecretRange[] {
  let next = 0;
  // What to add to an offset behind the markers passed so far, to get the offset in the original.
  let shift = 0;
  /** Offsets must be asked for in ascending order. One inside a marker becomes an end of its range. */
  const originalOffset = (at: number, edge: 'start' | 'end') => {
    for (; next < first.length; next++) {
      const { start, end, rule } = first[next] as SecretRange;
      const markerStart = start - shift;
      const markerEnd = markerStart + markerOf(rule).length;
      if (at < markerEnd || (edge === 'end' && at === markerEnd)) {
        if (at <= markerStart) break;
        return edge === 'start' ? start : end;
      }
      shift = end - markerEnd;
    }
    return at + shift;
  };
  const moved = second.map(({ start, end, rule }) => {
    const originalStart = originalOffset(start, 'start');
    return { start: originalStart, end: originalOffset(end, 'end'), rule };
  });
  // The later round comes first: its rule names a range that includes a marker of the earlier one.
  return mergeRanges([...moved, ...first]);
}
