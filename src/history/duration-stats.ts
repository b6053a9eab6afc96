/** How some durations spread. In the unit of what was given. */
export interface DurationStats {
  readonly count: number;
  readonly total: number;
  /** Of an even number the mean of the two in the middle. */
  readonly median: number;
  /** By nearest rank. */
  readonly p95: number;
  readonly longest: number;
}

/** Undefined for none. */
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
