/** Statistics of durations, in the unit of the given values. */
export interface DurationStats {
  readonly count: number;
  readonly total: number;
  /** For an even count, the mean of the two values in the middle. */
  readonly median: number;
  /** The 95th percentile, by nearest rank. */
  readonly p95: number;
  readonly longest: number;
}

/** Undefined if there are no values. */
export function durationStats(values: readonly number[]): DurationStats | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (position: number) => sorted[position] as number;
  const { length } = sorted;
  const middle = length >> 1;
  return {
    count: length,
    total: sorted.reduce((sum, value) => sum + value, 0),
    median: length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    p95: at(Math.ceil(0.95 * length) - 1),
    longest: at(length - 1),
  };
}
