export { formatSize } from '../../text/wording.ts';

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

/** Formats an integer with thousands separators: `12,345`. */
export function formatNumber(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Formats US dollars: to the cent if it is a dollar or more, else to a hundredth of a cent. */
export function formatCost(dollars: number): string {
  if (dollars > 0 && dollars < 0.00005) return '<$0.0001';
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? 2 : 4)}`;
}
