import type { TextRange } from './text-range.ts';

/** A text, some parts of which are marked. The ranges are in order, and do not overlap. */
export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

/** A part of a text that was replaced, before and after. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * Replaces what a global expression finds, and moves the marks along. A mark that begins or ends within a replaced part
 * takes all that stands in its place.
 */
export function rewrite(
  { text, ranges }: MarkedText,
  what: RegExp,
  by: (found: string) => string,
): MarkedText {
  const edits: Edit[] = [];
  let shift = 0;
  const rewritten = text.replace(what, (...args) => {
    const found = args[0] as string;
    const start = args.findLast((arg) => typeof arg === 'number') as number;
    const replacement = by(found);
    const newStart = start + shift;
    edits.push({
      start,
      end: start + found.length,
      newStart,
      newEnd: newStart + replacement.length,
    });
    shift += replacement.length - found.length;
    return replacement;
  });
  if (ranges.length === 0) return { text: rewritten, ranges };
  return {
    text: rewritten,
    ranges: ranges.map(({ start, end }) => ({
      start: startAfter(edits, start),
      end: endAfter(edits, end),
    })),
  };
}

/** The last edit that begins before a position. */
function editBefore(edits: readonly Edit[], position: number): Edit | undefined {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle] as Edit).start < position) low = middle + 1;
    else high = middle;
  }
  return edits[low - 1];
}

function startAfter(edits: readonly Edit[], position: number): number {
  const edit = editBefore(edits, position);
  if (!edit) return position;
  return position < edit.end ? edit.newStart : position + edit.newEnd - edit.end;
}

function endAfter(edits: readonly Edit[], position: number): number {
  const edit = editBefore(edits, position);
  if (!edit) return position;
  return position <= edit.end ? edit.newEnd : position + edit.newEnd - edit.end;
}

/** A part of a marked text, with the marks in it. */
export function sliceMarked({ text, ranges }: MarkedText, start: number, end: number): MarkedText {
  return {
    text: text.slice(start, end),
    ranges: ranges
      .filter((range) => range.end > start && range.start < end)
      .map((range) => ({
        start: Math.max(range.start, start) - start,
        end: Math.min(range.end, end) - start,
      })),
  };
}
