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
 * A step forward after a step back counts if it leads from before the latest time so far to that time or later, and if
 * this agrees with the time that has passed: at least as much as is known to have passed since, and at most the size of
 * the step back more. A step forward before a step back is the same, looked at from the end.
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

/** Yields the places of the steps forward that bring a clock back to where it was before a step back. */
function* returnsIn(times: readonly number[], isBack: readonly boolean[]): Generator<number> {
  let latest = times[0] ?? 0;
  /** Time that is known to have passed since the latest time, in µs. */
  let passed = 0;
  for (let at = 1; at < times.length; at++) {
    const [before, now] = [times[at - 1] as number, times[at] as number];
    if (isBack[at]) continue;
    const isBehind = before < latest;
    if (isBehind && now >= latest - MAX_ERROR_US) {
      const outer = now - latest;
      const behind = latest - before;
      if (outer >= passed - MAX_ERROR_US && outer - passed <= behind + passed) yield at;
      else passed += now - before;
    } else if (isBehind) passed += now - before;
    if (now >= latest) {
      latest = now;
      passed = 0;
    }
  }
}
