import { diffArrays } from 'diff';
import type { Call } from '../calls.ts';

/** Calls of two conversations that stand side by side. One is undefined where the other has no counterpart. */
export interface AlignedCalls {
  readonly a: Call | undefined;
  readonly b: Call | undefined;
  /** Both call the same tool with the same arguments. */
  readonly isSame: boolean;
}

/** Finding more differences takes too long. The rest then has no counterparts by this key. */
const MAX_EDIT_LENGTH = 2_000;

/** Tools whose calls do nothing but think. */
const THINKING_TOOLS: ReadonlySet<string | undefined> = new Set(['think', 'ThinkTool']);

/** Whether a call only thinks. */
export const isThought = ({ subject }: Call): boolean => THINKING_TOOLS.has(subject.entry.tool);

/** @param shorten leaves out the folder that a conversation works in */
type KeyOf = (call: Call, shorten: Shorten) => string;
type Shorten = (text: string) => string;

/** The calls of a conversation, and what makes their descriptions comparable with those of another one. */
export interface AlignedSide {
  readonly calls: readonly Call[];
  readonly shorten: Shorten;
}

/**
 * By what calls are paired, the strictest first: the same call, the same command or file, the same program or command
 * of a tool.
 */
const KEYS: readonly KeyOf[] = [
  ({ subject }) => `${subject.fields.fingerprint}`,
  ({ subject }, shorten) => `${subject.entry.tool} ${shorten(subject.description)}`,
  (call) => `${call.subject.entry.tool} ${programOf(call)}`,
];

/** Matches a change of the folder before a command, and assignments of variables. */
const BEFORE_PROGRAM = /^\$ (?:cd \S+ && )?(?:\w+=\S* )*/;

/** The program that a command runs, or what is done to a file: `pytest`, `view`. Empty for other calls. */
function programOf({ subject }: Call): string {
  const { description, fields } = subject;
  if (!description.startsWith('$ ') && !fields.files) return '';
  return description.replace(BEFORE_PROGRAM, '').split(/\s/, 1)[0] ?? '';
}

/** The calls of two conversations side by side, in order. */
export interface Alignment {
  readonly pairs: readonly AlignedCalls[];
  /** There were too many differences to look for all counterparts: calls without one can have one. */
  readonly isCutShort: boolean;
}

/** Puts the calls of two conversations side by side, in order. */
export function alignCalls(a: AlignedSide, b: AlignedSide): Alignment {
  const found = { pairs: [] as AlignedCalls[], isCutShort: false };
  align(a, b, 0, found);
  return found;
}

const part = ({ calls, shorten }: AlignedSide, from: number, to?: number): AlignedSide => ({
  calls: calls.slice(from, to),
  shorten,
});

interface Found {
  readonly pairs: AlignedCalls[];
  isCutShort: boolean;
}

/** Pairs calls by a key, and those between the pairs by the next one. @param found receives the pairs, in order */
function align(a: AlignedSide, b: AlignedSide, level: number, found: Found): void {
  const keyOf = KEYS[level];
  if (a.calls.length === 0 || b.calls.length === 0 || !keyOf) {
    for (const call of a.calls) found.pairs.push({ a: call, b: undefined, isSame: false });
    for (const call of b.calls) found.pairs.push({ a: undefined, b: call, isSame: false });
    return;
  }
  const [keysA, keysB] = [a, b].map(({ calls, shorten }) =>
    calls.map((call) => keyOf(call, shorten)),
  ) as [string[], string[]];
  let [fromA, fromB] = [0, 0];
  /** The next `count` calls are pairs, after those up to there. */
  const pair = (atA: number, atB: number, count: number) => {
    align(part(a, fromA, atA), part(b, fromB, atB), level + 1, found);
    for (let n = 0; n < count; n++) {
      found.pairs.push({ a: a.calls[atA + n], b: b.calls[atB + n], isSame: level === 0 });
    }
    [fromA, fromB] = [atA + count, atB + count];
  };
  for (const { atA, atB, count } of commonRanges(keysA, keysB, found)) pair(atA, atB, count);
  pair(a.calls.length, b.calls.length, 0);
}

/** A range of keys that both lists have, where it is in each. */
interface CommonRange {
  readonly atA: number;
  readonly atB: number;
  readonly count: number;
}

/** The ranges that two lists have in common, in order. The same beginning and end are always found. */
function commonRanges(a: readonly string[], b: readonly string[], found: Found): CommonRange[] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const ranges: CommonRange[] = [{ atA: 0, atB: 0, count: start }];
  const middle = diffArrays(a.slice(start, a.length - end), b.slice(start, b.length - end), {
    maxEditLength: MAX_EDIT_LENGTH,
  });
  if (!middle) found.isCutShort = true;
  let [atA, atB] = [start, start];
  for (const { count, added, removed } of middle ?? []) {
    if (!added && !removed) ranges.push({ atA, atB, count });
    if (!added) atA += count;
    if (!removed) atB += count;
  }
  return [...ranges, { atA: a.length - end, atB: b.length - end, count: end }];
}
