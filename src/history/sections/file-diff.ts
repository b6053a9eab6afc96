import { structuredPatch } from 'diff';

/** A line of a file's change: taken out, put in, or around it. A gap stands for lines left out. */
export interface DiffLine {
  readonly is: 'out' | 'in' | 'same' | 'gap';
  readonly text: string;
}

/** Texts larger than this, and more changes, take too long to compare. In UTF-16 units, and in lines. */
const LARGEST = 1_000_000;
const MOST_CHANGES = 1_000;

/** How one text became another, by lines; undefined where they are too large to tell. */
export function diffOf(before: string, after: string): DiffLine[] | undefined {
  if (before.length + after.length > LARGEST) return undefined;
  const patch = structuredPatch('', '', before, after, '', '', {
    context: 3,
    maxEditLength: MOST_CHANGES,
  });
  return patch?.hunks.flatMap(({ lines }, at): DiffLine[] => {
    const shown = lines.filter((line) => !line.startsWith('\\')).map(lineOf);
    return at === 0 ? shown : [{ is: 'gap', text: '' }, ...shown];
  });
}

const MARKS = { '-': 'out', '+': 'in', ' ': 'same' } as const;

function lineOf(line: string): DiffLine {
  return { is: MARKS[line[0] as keyof typeof MARKS] ?? 'same', text: line.slice(1) };
}
