/** A loop: calls that are made `times` times in a row, and bring nothing new. */
export interface Loop {
  /** Loops are numbered from 1, in order. */
  readonly number: number;
  /**
   * - `same-calls`: each round has the same calls, with the same arguments.
   * - `same-error`: the calls have different arguments, and all fail with the same answer.
   */
  readonly kind: 'same-calls' | 'same-error';
  /** How many calls a round has. 1 for `same-error`. */
  readonly period: number;
  /** How many rounds the loop has. */
  readonly times: number;
  /** Whether every round got the same answers as the round before; undefined if an answer is not known. */
  readonly sameAnswers: boolean | undefined;
}

interface RepeatableCall {
  /** Fingerprint of the call. Undefined: never equal to another call. */
  readonly call: string | undefined;
  /** A loop does not continue across this call, because a user message or a jump to another branch came before it. */
  readonly isStart: boolean;
  /** Fingerprint of the answer. Undefined: never equal to another answer. */
  readonly answer: string | undefined;
  /** False if the answer could be an event that is lost. */
  readonly isAnswerKnown: boolean;
  /** For a call that failed, and whose answer has text: its tool and the fingerprint of the answer. Else undefined. */
  readonly error: string | undefined;
  /** Id of the model response that the call is from. Undefined: of a response of its own. */
  readonly response: string | undefined;
}

/** Longer rounds are not searched for. */
const MAX_PERIOD_CALLS = 4;
/** Fewer rounds are not a loop: there are good reasons to do something twice. */
const MIN_ROUNDS = 3;

/** A loop without a number. It goes from `start` to `end`, which is excluded. */
interface Run extends Pick<Loop, 'kind' | 'period'> {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds loops. Where calls with the same error contain a whole loop of the same calls and go on, they are one loop.
 *
 * @param made all calls, in order
 * @returns for each call the loop that it is part of, which is undefined for most calls
 */
export function findLoops(made: readonly RepeatableCall[]): (Loop | undefined)[] {
  const same = sameCallRuns(made);
  const failing = notWithin(sameErrorRuns(made), same);
  const left = notWithin(same, failing);
  const loops = new Array<Loop | undefined>(made.length).fill(undefined);
  const runs = [...left, ...failing].sort((a, b) => a.start - b.start);
  for (const [at, run] of runs.entries()) {
    const { kind, period, start, end } = run;
    const sameAnswers = kind === 'same-error' || haveSameAnswers(made.slice(start, end), period);
    const loop: Loop = { number: at + 1, kind, period, times: (end - start) / period, sameAnswers };
    for (let call = start; call < end; call++) {
      if (kind === 'same-calls' || loops[call]?.kind !== 'same-calls') loops[call] = loop;
    }
  }
  return loops;
}

/** The runs that are not a part of one of the others. Both lists are in order, and no two runs of a list overlap. */
function notWithin(runs: readonly Run[], others: readonly Run[]): Run[] {
  let next = 0;
  return runs.filter((run) => {
    while ((others[next]?.start ?? Number.POSITIVE_INFINITY) <= run.start) next++;
    const before = others[next - 1];
    return !before || before.end < run.end;
  });
}

/**
 * The same calls in a row, in order. Those with short rounds are found first, and no two overlap: calls that belong to a
 * run already end another one, which can go on after them.
 */
function sameCallRuns(made: readonly RepeatableCall[]): Run[] {
  const isTaken = new Array<boolean>(made.length).fill(false);
  const runs: Run[] = [];
  for (let period = 1; period <= MAX_PERIOD_CALLS; period++) {
    for (let at = period; at < made.length; at++) {
      const from = at - period;
      while (at < made.length && isAgain(made, at, period)) at++;
      for (const { start, length } of freeParts(isTaken, from, at)) {
        const end = start + length - (length % period);
        if (end - start < MIN_ROUNDS * period) continue;
        runs.push({ kind: 'same-calls', start, end, period });
        isTaken.fill(true, start, end);
      }
    }
  }
  return runs.sort((a, b) => a.start - b.start);
}

/** The parts of a range whose calls are not taken. @param to is excluded */
function freeParts(isTaken: readonly boolean[], from: number, to: number) {
  const parts: { readonly start: number; readonly length: number }[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !isTaken[at]) continue;
    if (at > start) parts.push({ start, length: at - start });
    start = at + 1;
  }
  return parts;
}

/**
 * Calls of one tool in a row that failed with the same answer. Calls that succeed are no such loop, whatever their answers
 * are: many tools answer "done" or nothing at all. Calls of one response count once, because the model had not seen the
 * first answer when it made the others.
 */
function sameErrorRuns(made: readonly RepeatableCall[]): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < made.length; ) {
    let end = start + 1;
    while (end < made.length && isSame(made[end], made[start], 'error') && !made[end]?.isStart)
      end++;
    const responses = new Set(made.slice(start, end).map(({ response }) => response ?? Symbol()));
    if (responses.size >= MIN_ROUNDS && made[start]?.error !== undefined) {
      runs.push({ kind: 'same-error', start, end, period: 1 });
    }
    start = end;
  }
  return runs;
}

/** See Loop.sameAnswers. */
function haveSameAnswers(rounds: readonly RepeatableCall[], period: number): boolean | undefined {
  const pairs = rounds.slice(period).map((one, at) => [one, rounds[at] as RepeatableCall] as const);
  const known = pairs.filter((pair) => pair.every(({ isAnswerKnown }) => isAnswerKnown));
  if (!known.every(([one, before]) => isSame(one, before, 'answer'))) return false;
  return known.length === pairs.length ? true : undefined;
}

/** Whether a call repeats the one that is `period` calls before it, and no call in between is a start. */
function isAgain(made: readonly RepeatableCall[], at: number, period: number): boolean {
  if (!isSame(made[at], made[at - period], 'call')) return false;
  return made.slice(at - period + 1, at + 1).every(({ isStart }) => !isStart);
}

function isSame(
  a: RepeatableCall | undefined,
  b: RepeatableCall | undefined,
  part: 'call' | 'answer' | 'error',
): boolean {
  return a?.[part] !== undefined && a[part] === b?.[part];
}
