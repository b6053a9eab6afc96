import type { Call } from '../history/calls.ts';

/** Whether a call is wanted; undefined if that is not known. */
export type CallCondition = (call: Call) => boolean | undefined;

/** Whether all hold: false if one does not, else undefined if one is not known. */
export function allHold(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** By what calls are sorted. */
export const CALL_ORDERS = ['index', 'time', 'duration'] as const;
export type CallOrder = (typeof CALL_ORDERS)[number];

/** Sorts calls that are in index order. What is not known comes last. */
export function sortCalls(
  calls: Call[],
  { key, descending }: { readonly key: CallOrder; readonly descending: boolean },
): void {
  if (key === 'index') {
    if (descending) calls.reverse();
    return;
  }
  const amount = ({ at, duration }: Call) => (key === 'time' ? at : duration);
  const sign = descending ? -1 : 1;
  calls.sort((a, b) => {
    const [of, than] = [amount(a), amount(b)];
    if (of === undefined || than === undefined) {
      return Number(of === undefined) - Number(than === undefined);
    }
    return sign * (of - than);
  });
}
