/** A loop: the same `period` calls, made `times` times in a row. */
export interface Loop {
  /** Loops are numbered from 1, in order. */
  readonly number: number;
  /** How many calls a round has. */
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
}

/** Longer rounds are not searched for. */
const MAX_PERIOD_CALLS = 4;
/** Fewer rounds are not a loop: there are good reasons to do something twice. */
const MIN_ROUNDS = 3;

/**
 * Finds loops, those with short rounds first.
 *
 * @param made all calls, in order
 * @returns for each call the loop that it is part of, which is undefined for most calls
 */
export function findLoops(made: readonly RepeatableCall[]): (Loop | undefined)[] {
  const loops = new Array<Loop | undefined>(made.length).fill(undefined);
  const runs: { start: number; end: number; period: number }[] = [];
  for (let period = 1; period <= MAX_PERIOD_CALLS; period++) {
    for (let at = period; at < made.length; ) {
      const start = at - period;
      while (at < made.length && isAgain(made, at, period)) at++;
      const rounds = Math.floor((at - start) / period);
      const isNew = loops.slice(start, at).every((loop) => loop === undefined);
      if (rounds >= MIN_ROUNDS && isNew) {
        const end = start + rounds * period;
        runs.push({ start, end, period });
        loops.fill(PLACEHOLDER, start, end);
      }
      at++;
    }
  }
  runs.sort((a, b) => a.start - b.start);
  for (const [number, { start, end, period }] of runs.entries()) {
    const rounds = made.slice(start, end);
    const loop: Loop = {
      number: number + 1,
      period,
      times: (end - start) / period,
      sameAnswers: haveSameAnswers(rounds, period),
    };
    loops.fill(loop, start, end);
  }
  return loops;
}

/** See Loop.sameAnswers. */
function haveSameAnswers(rounds: readonly RepeatableCall[], period: number): boolean | undefined {
  const pairs = rounds.slice(period).map((one, at) => [one, rounds[at] as RepeatableCall] as const);
  const known = pairs.filter((pair) => pair.every(({ isAnswerKnown }) => isAnswerKnown));
  if (!known.every(([one, before]) => isSame(one, before, 'answer'))) return false;
  return known.length === pairs.length ? true : undefined;
}

/** Marks the calls of a loop until loops have numbers. */
const PLACEHOLDER: Loop = { number: 0, period: 0, times: 0, sameAnswers: false };

/** Whether a call repeats the one that is `period` calls before it, and no call in between is a start. */
function isAgain(made: readonly RepeatableCall[], at: number, period: number): boolean {
  if (!isSame(made[at], made[at - period], 'call')) return false;
  return made.slice(at - period + 1, at + 1).every(({ isStart }) => !isStart);
}

function isSame(
  a: RepeatableCall | undefined,
  b: RepeatableCall | undefined,
  part: 'call' | 'answer',
): boolean {
  return a?.[part] !== undefined && a[part] === b?.[part];
}
