/** A run of the same calls, one after another: `period` calls that were made `times` times. */
export interface Loop {
  /** From 1, in order. */
  readonly number: number;
  readonly period: number;
  readonly times: number;
  /** Each round got the answers of the round before. */
  readonly sameAnswers: boolean;
}

interface RepeatableCall {
  /** Undefined for what equals nothing. */
  readonly call: string | undefined;
  /** Something new came before it: a message, or another branch. What is called again then is no loop. */
  readonly isStart: boolean;
  readonly answer: string | undefined;
}

/** Calls in a round. */
const MAX_PERIOD_CALLS = 4;
/** Rounds from which on it is a loop: what is done twice may be done again for a reason. */
const MIN_ROUNDS = 3;

/** The loop that each call is part of, undefined for most. Shorter rounds go first. */
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
      sameAnswers: rounds.every(
        (one, at) => at < period || isSame(one, rounds[at - period], 'answer'),
      ),
    };
    loops.fill(loop, start, end);
  }
  return loops;
}

/** Marks what is taken, until the loops have their numbers. */
const PLACEHOLDER: Loop = { number: 0, period: 0, times: 0, sameAnswers: false };

/** Whether a call repeats the one a period before, with nothing new between. */
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
