/** A range of time. In µs since the epoch; undefined means that it has no end on this side. */
export interface TimeRange {
  /** Included. */
  readonly since: number | undefined;
  /** Not included. */
  readonly until: number | undefined;
}

/** The first and the last of some times. In µs since the epoch. */
export interface CoveredTime {
  readonly from: number;
  readonly to: number;
}

/** Whether a time is in a range. @param us µs since the epoch */
export function isInRange(us: number, { since, until }: TimeRange): boolean {
  return (since === undefined || us >= since) && (until === undefined || us < until);
}

/** What some times cover, if none of them is in the range; undefined if one is, or if there are none. */
export function coveredOutside(range: TimeRange, times: Iterable<number>): CoveredTime | undefined {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const us of times) {
    if (isInRange(us, range)) return undefined;
    from = Math.min(from, us);
    to = Math.max(to, us);
  }
  return from <= to ? { from, to } : undefined;
}
