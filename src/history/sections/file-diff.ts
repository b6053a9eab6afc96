import { structuredPatch } from 'diff';

/** A line of a file's change: taken out, put in, or around it. A gap stands for lines left out. */
export interface DiffLine {
  readonly kind: 'removed' | 'added' | 'context' | 'gap';
  readonly text: string;
}

/** Texts larger than this, and more changes, take too long to compare. In UTF-16 units, and in lines. */
const MAX_COMPARED_CHARS = 1_000_000;
const MAX_CHANGED_LINES = 1_000;

/** How one text became another, by lines; undefined where they are too large to tell. */
export function diffOf(before: string, after: string): DiffLine[] | undefined {
  if (before.length + after.length > MAX_COMPARED_CHARS) return undefined;
  const patch = structuredPatch('', '', before, after, '', '', {
    context: 3,
    maxEditLength: MAX_CHANGED_LINES,
  });
  return patch?.hunks.flatMap(({ lines }, at): DiffLine[] => {
    const shown = lines.filter((line) => !line.startsWith('\\')).map(lineOf);
    return at === 0 ? shown : [{ kind: 'gap', text: '' }, ...shown];
  });
}

const MARKS = { '-': 'removed', '+': 'added', ' ': 'context' } as const;

function lineOf(line: string): DiffLine {
  return { kind: MARKS[line[0] as keyof typeof MARKS] ?? 'context', text: line.slice(1) };
}
