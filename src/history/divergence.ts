import type { Call } from './calls.ts';

/** Where two conversations part: by what they called, and, before that, by what they were told. */
export interface Divergence {
  /** Calls that are the same in both, from the first on. */
  readonly common: number;
  /** The first that differ; undefined on the side that has ended. Both are where nothing differs. */
  readonly calls: readonly [Call | undefined, Call | undefined];
  /** The first of the common calls whose answers differ. */
  readonly answers: readonly [Call, Call] | undefined;
}

/** @param a calls of one conversation in order, b of the other */
export function findDivergence(a: readonly Call[], b: readonly Call[]): Divergence {
  let common = 0;
  let answers: [Call, Call] | undefined;
  for (; common < Math.min(a.length, b.length); common++) {
    const [one, other] = [a[common] as Call, b[common] as Call];
    if (one.action.fields.fingerprint !== other.action.fields.fingerprint) break;
    const isSame =
      one.outcome === other.outcome &&
      one.answer?.fields.fingerprint === other.answer?.fields.fingerprint;
    if (!isSame) answers ??= [one, other];
  }
  return { common, calls: [a[common], b[common]], answers };
}
