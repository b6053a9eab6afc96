import { structuredPatch } from 'diff';

/** A line of a diff. A `gap` marks unchanged lines that were left out. */
export interface DiffLine {
  readonly kind: 'removed' | 'added' | 'context' | 'gap';
  readonly text: string;
}

/** Comparing larger texts takes too long. Both texts together, in UTF-16 units. */
const MAX_COMPARED_CHARS = 1_000_000;
/** Finding more changes takes too long. */
const MAX_CHANGED_LINES = 1_000;
const CONTEXT_LINES = 3;

/** The differences between two texts, line by line; undefined if finding them would take too long. */
export function diffOf(before: string, after: string): DiffLine[] | undefined {
  if (before.length + after.length > MAX_COMPARED_CHARS) return undefined;
  const patch = structuredPatch('', '', before, after, '', '', {
    context: CONTEXT_LINES,
    maxEditLength: MAX_CHANGED_LINES,
  });
  return patch?.hunks.flatMap(({ lines }, at): DiffLine[] => {
    // Lines that begin with a backslash are notes, such as `\ No newline at end of file`.
    const shown = lines.filter((line) => !line.startsWith('\\')).map(lineOf);
    return at === 0 ? shown : [{ kind: 'gap', text: '' }, ...shown];
  });
}

const MARKS = { '-': 'removed', '+': 'added', ' ': 'context' } as const;

function lineOf(line: string): DiffLine {
  return { kind: MARKS[line[0] as keyof typeof MARKS] ?? 'context', text: line.slice(1) };
}
