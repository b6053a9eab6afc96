import { formatNumber } from '../../text/wording.ts';

export { formatSize } from '../../text/wording.ts';
export { formatDuration } from '../../time/duration.ts';
export { formatNumber };

/** Shares in whole percent that add up to 100: what rounding leaves over goes to the largest remainders. */
export function percentages(amounts: readonly number[]): number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (!(total > 0)) return amounts.map(() => 0);
  const exact = amounts.map((amount) => (100 * amount) / total);
  const shares = exact.map(Math.floor);
  const rest = 100 - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = [...exact.keys()].sort((a, b) => (exact[b]! % 1) - (exact[a]! % 1));
  for (const at of byRemainder.slice(0, rest)) shares[at]!++;
  return shares;
}

const COMPACT_UNITS = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
/** Smaller counts are written out. */
const MIN_COMPACT = 10_000;

/** Formats a large count with one decimal, rounded down: `11.1M`, `12.3k`, `9,876`. */
export function formatCompact(count: number): string {
  if (count < MIN_COMPACT) return formatNumber(count);
  const [size, unit] = COMPACT_UNITS.find(([least]) => count >= least) ?? [1e3, 'k'];
  return `${(Math.floor((10 * count) / size) / 10).toFixed(1)}${unit}`;
}

/** A count, and how many more there can be: `2`, `2+1?`. */
export function formatCount(known: number, unknown: number): string {
  return unknown > 0 ? `${known}+${unknown}?` : String(known);
}

/** Formats US dollars: to the cent if it is a dollar or more, else to a hundredth of a cent. */
export function formatCost(dollars: number): string {
  if (dollars > 0 && dollars < 0.00005) return '<$0.0001';
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? 2 : 4)}`;
}
