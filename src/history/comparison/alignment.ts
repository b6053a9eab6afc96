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

/** Puts the calls of two conversations side by side, in order. */
export function alignCalls(a: AlignedSide, b: AlignedSide): AlignedCalls[] {
  return align(a, b, 0);
}

const part = ({ calls, shorten }: AlignedSide, from: number, to?: number): AlignedSide => ({
  calls: calls.slice(from, to),
  shorten,
});

function align(a: AlignedSide, b: AlignedSide, level: number): AlignedCalls[] {
  const keyOf = KEYS[level];
  if (a.calls.length === 0 || b.calls.length === 0 || !keyOf) return alone(a.calls, b.calls);
  const keysOf = ({ calls, shorten }: AlignedSide) => calls.map((call) => keyOf(call, shorten));
  const changes = diffArrays(keysOf(a), keysOf(b), { maxEditLength: MAX_EDIT_LENGTH });
  if (!changes) return align(a, b, level + 1);
  const aligned: AlignedCalls[] = [];
  let [fromA, fromB] = [0, 0];
  let [atA, atB] = [0, 0];
  for (const { value, added, removed } of changes) {
    if (added) atB += value.length;
    else if (removed) atA += value.length;
    else {
      aligned.push(...align(part(a, fromA, atA), part(b, fromB, atB), level + 1));
      for (let n = value.length; n > 0; n--) {
        aligned.push({ a: a.calls[atA++], b: b.calls[atB++], isSame: level === 0 });
      }
      [fromA, fromB] = [atA, atB];
    }
  }
  return [...aligned, ...align(part(a, fromA), part(b, fromB), level + 1)];
}

function alone(a: readonly Call[], b: readonly Call[]): AlignedCalls[] {
  return [
    ...a.map((call) => ({ a: call, b: undefined, isSame: false })),
    ...b.map((call) => ({ a: undefined, b: call, isSame: false })),
  ];
}
