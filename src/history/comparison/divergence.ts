import type { LostEvents } from '../../domain/knowledge/lost-events.ts';
import { type Call, isSubjectKnown } from '../calls.ts';

/** One of two conversations that are compared. */
export interface ComparedCalls {
  /** Its calls, in order. */
  readonly calls: readonly Call[];
  readonly lost: LostEvents;
  /** Whether a call is on the branch; undefined if that is not known. */
  isOnBranch(call: Call): boolean | undefined;
}

/** Where two conversations diverge. */
export interface Divergence {
  /** How many calls are the same in both, from the first on. */
  readonly common: number;
  /** The first calls that differ. One is undefined if its conversation has ended; both, if all calls are the same. */
  readonly calls: readonly [Call | undefined, Call | undefined];
  /** The first common call whose answers differ, in each conversation. Answers that are not known do not differ. */
  readonly answers: readonly [Call, Call] | undefined;
  /** A difference was found, and no lost event before it could be a call. */
  readonly isCertain: boolean;
}

/** Compares two conversations call by call. */
export function findDivergence(one: ComparedCalls, other: ComparedCalls): Divergence {
  const [a, b] = [one.calls, other.calls];
  let common = 0;
  let answers: [Call, Call] | undefined;
  for (; common < Math.min(a.length, b.length); common++) {
    const pair: [Call, Call] = [a[common] as Call, b[common] as Call];
    const [left, right] = pair;
    if (left.subject.fields.fingerprint !== right.subject.fields.fingerprint) break;
    if (hasSameAnswer(left, right) === false) answers ??= pair;
  }
  const calls = [a[common], b[common]] as const;
  const first = answers ? a.indexOf(answers[0]) : common;
  const isFound = answers !== undefined || calls.some((call) => call !== undefined);
  const isCertain = isFound && isKnownUpTo(one, first) && isKnownUpTo(other, first);
  return { common, calls, answers, isCertain };
}

/** Whether it is certain that these are the first calls of a conversation, up to a position, which is included. */
function isKnownUpTo({ calls, lost, isOnBranch }: ComparedCalls, at: number): boolean {
  const last = calls[at]?.action.slot.index ?? Number.POSITIVE_INFINITY;
  return (
    !lost.has(0, last) &&
    calls.slice(0, at + 1).every((call) => isSubjectKnown(call) && isOnBranch(call) !== undefined)
  );
}

/** Whether two calls ended in the same way, with the same answer. Undefined if one of the answers is not known. */
export function hasSameAnswer(a: Call, b: Call): boolean | undefined {
  if (a.outcome === 'unknown' || b.outcome === 'unknown') return undefined;
  return (
    a.outcome === b.outcome &&
    a.answer?.fields.answerFingerprint === b.answer?.fields.answerFingerprint
  );
}
