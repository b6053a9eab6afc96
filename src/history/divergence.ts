import type { Call } from './calls.ts';

/** Where two conversations diverge. */
export interface Divergence {
  /** How many calls are the same in both, from the first on. */
  readonly common: number;
  /** The first calls that differ. One is undefined if its conversation has ended; both, if all calls are the same. */
  readonly calls: readonly [Call | undefined, Call | undefined];
  /** The first common call whose answers differ, in each conversation. */
  readonly answers: readonly [Call, Call] | undefined;
}

/** Compares two conversations call by call. @param a the calls of one conversation, in order @param b the other's */
export function findDivergence(a: readonly Call[], b: readonly Call[]): Divergence {
  let common = 0;
  let answers: [Call, Call] | undefined;
  for (; common < Math.min(a.length, b.length); common++) {
    const [one, other] = [a[common] as Call, b[common] as Call];
    if (one.subject.fields.fingerprint !== other.subject.fields.fingerprint) break;
    const isSame =
      one.outcome === other.outcome &&
      one.answer?.fields.fingerprint === other.answer?.fields.fingerprint;
    if (!isSame) answers ??= [one, other];
  }
  return { common, calls: [a[common], b[common]], answers };
}
