import type { Call } from '../../history/calls.ts';

/** Calls that are shown on one line. */
export interface FoldedCalls {
  readonly first: Call;
  /** All calls of the line. One if nothing is repeated. */
  readonly calls: readonly Call[];
  /** Set where a repetition begins: `×6 (10–20), same answer`. */
  readonly repetition?: string;
  /** The line, and those after it of the same round, show the whole loop of the call. */
  readonly isWholeLoop: boolean;
}

/**
 * Folds calls that are repeated in a row, alone or in the rounds of a loop. Calls that do not follow each other in the
 * conversation, because a filter left out what is between them, are not folded.
 *
 * @param calls in index order
 * @param keyOf all that makes calls look different on the screen; undefined for a call that is never folded
 */
export function foldCalls(
  calls: readonly Call[],
  keyOf: (call: Call) => string | undefined,
): FoldedCalls[] {
  const keys = calls.map(keyOf);
  const folded: FoldedCalls[] = [];
  for (let at = 0; at < calls.length; ) {
    const period = periodOf(calls, keys, at);
    const times = period > 1 ? (calls[at]?.loop?.times as number) : runLength(calls, keys, at);
    const all = calls.slice(at, at + period * times);
    for (let place = 0; place < period; place++) {
      const same = all.filter((_, other) => other % period === place);
      const [first] = same as [Call];
      const isWholeLoop =
        first.loop?.kind === 'same-calls' &&
        first.loop.times === times &&
        first.loop.period === period;
      const repetition =
        times > 1 && place === 0 ? { repetition: repetitionText(all, period, times) } : {};
      folded.push({ first, calls: same, isWholeLoop: times > 1 && isWholeLoop, ...repetition });
    }
    at += all.length;
  }
  return folded;
}

/** How many calls the round of a loop has, if the whole loop begins here and its rounds look the same. Else 1. */
function periodOf(
  calls: readonly Call[],
  keys: readonly (string | undefined)[],
  start: number,
): number {
  const loop = calls[start]?.loop;
  if (loop?.kind !== 'same-calls' || loop.period === 1) return 1;
  // A loop that is not folded is looked at once, not from each of its calls.
  if (calls[start - 1]?.loop === loop) return 1;
  const { period, times } = loop;
  const end = start + period * times;
  for (let at = start; at < end; at++) {
    if (calls[at]?.loop !== loop || keys[at] === undefined) return 1;
    if (at > start && !isNext(calls, at)) return 1;
    if (at >= start + period && keys[at] !== keys[at - period]) return 1;
  }
  return period;
}

/** How many calls from here on look the same, and follow each other. */
function runLength(
  calls: readonly Call[],
  keys: readonly (string | undefined)[],
  start: number,
): number {
  let end = start + 1;
  while (keys[start] !== undefined && keys[end] === keys[start] && isNext(calls, end)) end++;
  return end - start;
}

/** Whether a call of the list follows the one before it in the conversation too. */
function isNext(calls: readonly Call[], at: number): boolean {
  const [before, call] = [calls[at - 1] as Call, calls[at] as Call];
  return call.number === before.number + 1;
}

/** `×6 (10–20), same answer`, `×3 of 2 calls (4–14), answers differ`. Calls without an answer have no second part. */
function repetitionText(all: readonly Call[], period: number, times: number): string {
  const [from, to] = [all[0], all.at(-1)].map((call) => call?.action.slot.index);
  const rounds = period > 1 ? ` of ${period} calls` : '';
  const answers = all.map(({ answer }) => answer?.fields.answerFingerprint);
  const isSame = answers.every((answer, at) => at < period || answer === answers[at - period]);
  const same = period > 1 ? 'same answers' : 'same answer';
  const verdict = answers.includes(undefined) ? '' : `, ${isSame ? same : 'answers differ'}`;
  return `×${times}${rounds} (${from}–${to})${verdict}`;
}
