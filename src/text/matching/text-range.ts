/** A part of a text, in UTF-16 units: `end` is the first one after it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Compares by start, then by end. */
export function byStart(a: TextRange, b: TextRange): number {
  return a.start - b.start || a.end - b.end;
}

/** The ranges in order, those that overlap as one. */
export function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted(byStart)) {
    const last = merged.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
