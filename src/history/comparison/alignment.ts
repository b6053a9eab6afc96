import { diffArrays } from 'diff';
import type { Call } from '../calls.ts';

/** Calls of two conversations that stand side by side. One is undefined where the other has no counterpart. */
export interface AlignedCalls {
  readonly a: Call | undefined;
  readonly b: Call | undefined;
  /** Both call the same tool with the same arguments. */
  readonly isSame: boolean;
}

/** Finding more differences takes too long. What is left then has no counterparts. */
const MAX_EDIT_LENGTH = 2_000;

/** Tools whose calls do nothing but think. */
const THINKING_TOOLS: ReadonlySet<string | undefined> = new Set(['think', 'ThinkTool']);

/** Whether a call only thinks. */
export const isThought = ({ subject }: Call): boolean => THINKING_TOOLS.has(subject.entry.tool);

type KeyOf = (call: Call) => string;

/**
 * By what calls are paired, the strictest first: the same call, the same command or file, the same program or command
 * of a tool.
 */
const KEYS: readonly KeyOf[] = [
  ({ subject }) => `${subject.fields.fingerprint}`,
  ({ subject }) => `${subject.entry.tool} ${subject.description}`,
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

/** Puts the calls of two conversations side by side, in order. */
export function alignCalls(a: readonly Call[], b: readonly Call[]): AlignedCalls[] {
  return align(a, b, 0);
}

function align(a: readonly Call[], b: readonly Call[], level: number): AlignedCalls[] {
  const keyOf = KEYS[level];
  if (a.length === 0 || b.length === 0 || !keyOf) return alone(a, b);
  const changes = diffArrays(a.map(keyOf), b.map(keyOf), { maxEditLength: MAX_EDIT_LENGTH });
  if (!changes) return align(a, b, level + 1);
  const aligned: AlignedCalls[] = [];
  let [fromA, fromB] = [0, 0];
  let [atA, atB] = [0, 0];
  for (const { value, added, removed } of changes) {
    if (added) atB += value.length;
    else if (removed) atA += value.length;
    else {
      aligned.push(...align(a.slice(fromA, atA), b.slice(fromB, atB), level + 1));
      for (let n = value.length; n > 0; n--) {
        aligned.push({ a: a[atA++], b: b[atB++], isSame: level === 0 });
      }
      [fromA, fromB] = [atA, atB];
    }
  }
  return [...aligned, ...align(a.slice(fromA), b.slice(fromB), level + 1)];
}

function alone(a: readonly Call[], b: readonly Call[]): AlignedCalls[] {
  return [
    ...a.map((call) => ({ a: call, b: undefined, isSame: false })),
    ...b.map((call) => ({ a: undefined, b: call, isSame: false })),
  ];
}
