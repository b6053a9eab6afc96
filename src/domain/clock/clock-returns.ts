/** An event that moves the clock of a log: forward, or back. */
export interface Step {
  /** Position of the event in the log. */
  readonly position: number;
  /** In µs since the epoch. */
  readonly time: number;
  /** The clock was set back just before the event. */
  readonly isBack: boolean;
}

/** A clock that is brought back to where it was can be wrong by this much. */
const MAX_ERROR_US = 2e6;

/**
 * Finds the steps forward that are the other half of a step back: the clock was wrong between the two.
 *
 * A step forward after a step back counts if it leads to the time before the step back or later, and if this agrees with
 * the time that has passed: at least as much as is known to have passed since, and at most the size of the step back
 * more. A step forward before a step back is the same, looked at from the end.
 *
 * @returns for each step whether it is one
 */
export function findReturns(steps: readonly Step[]): boolean[] {
  const found = new Array<boolean>(steps.length).fill(false);
  if (!steps.some(({ isBack }) => isBack)) return found;
  const times = steps.map(({ time }) => time);
  const isBack = steps.map((step) => step.isBack);
  for (const at of returnsIn(times, isBack)) found[at] = true;
  // From the end: times count backwards, and the change before a step comes after it.
  const reversed = times.map((time) => -time).reverse();
  const isBackReversed = [false, ...isBack.slice(1).reverse()];
  for (const at of returnsIn(reversed, isBackReversed)) found[steps.length - at] = true;
  return found;
}

/** A step back that no step forward has made up for yet. */
interface OpenStep {
  /** The time before it, in µs. */
  readonly level: number;
  /** Time that is known to have passed since, in µs. */
  passed: number;
}

/** No more steps back are kept in mind: the latest ones. */
const MAX_OPEN_STEPS = 32;

/** Yields the places of the steps forward that bring a clock back to where it was before a step back. */
function* returnsIn(times: readonly number[], isBack: readonly boolean[]): Generator<number> {
  let open: OpenStep[] = [];
  for (let at = 1; at < times.length; at++) {
    const [before, now] = [times[at - 1] as number, times[at] as number];
    if (isBack[at]) {
      open = [...open.slice(1 - MAX_OPEN_STEPS), { level: before, passed: 0 }];
      continue;
    }
    const undone = open.findLastIndex((step) => isUndone(step, before, now));
    if (undone >= 0) {
      yield at;
      open = open.slice(0, undone);
    } else {
      for (const step of open) step.passed += now - before;
    }
    open = open.filter(({ level }) => level > now);
  }
}

/** Whether the step from `before` to `now` makes up for a step back. */
function isUndone({ level, passed }: OpenStep, before: number, now: number): boolean {
  if (before >= level || now < level - MAX_ERROR_US) return false;
  const outer = now - level;
  return outer >= passed - MAX_ERROR_US && outer - passed <= level - before + passed;
}
