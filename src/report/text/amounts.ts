/** In µs, as all durations here. */
const SECOND = 1e6;
const [MINUTE, HOUR, DAY] = [60 * SECOND, 3600 * SECOND, 86_400 * SECOND];

/** Formats a duration in µs: `40ms`, `2.4s`, `12s`, `3m05s`, `2h04m`, `3d02h`; `-` if it is undefined. */
export function formatDuration(us: number | undefined): string {
  if (us === undefined) return '-';
  if (us < 0) return `-${formatDuration(-us)}`;
  if (us < SECOND - 500) return `${Math.round(us / 1000)}ms`;
  if (us < 10 * SECOND - SECOND / 20) return `${(us / SECOND).toFixed(1)}s`;
  const round = (unit: number) => Math.round(us / unit) * unit;
  if (round(SECOND) < MINUTE) return `${round(SECOND) / SECOND}s`;
  if (round(SECOND) < HOUR) return inTwoUnits(round(SECOND), MINUTE, 'm', SECOND, 's');
  if (round(MINUTE) < DAY) return inTwoUnits(round(MINUTE), HOUR, 'h', MINUTE, 'm');
  return inTwoUnits(round(HOUR), DAY, 'd', HOUR, 'h');
}

/** Formats a duration in two units. @param large µs per larger unit @param small µs per smaller unit */
function inTwoUnits(
  us: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  const rest = String(Math.floor((us % large) / small)).padStart(2, '0');
  return `${Math.floor(us / large)}${largeName}${rest}${smallName}`;
}

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

/** Formats a size in bytes: `812 B`, `1.3 KiB`, `24.0 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}

/** Formats an integer with thousands separators: `12,345`. */
export function formatNumber(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Formats US dollars: to the cent if it is a dollar or more, else to a hundredth of a cent. */
export function formatCost(dollars: number): string {
  if (dollars > 0 && dollars < 0.00005) return '<$0.0001';
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? 2 : 4)}`;
}
