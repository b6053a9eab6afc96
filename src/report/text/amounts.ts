const SECOND = 1e6;
const [MINUTE, HOUR, DAY] = [60 * SECOND, 3600 * SECOND, 86_400 * SECOND];

/** A duration in µs, as short as it can be told: `40ms`, `2.4s`, `12s`, `3m05s`, `2h04m`, `3d02h`; `-` for none. */
export function formatDuration(us: number | undefined): string {
  if (us === undefined) return '-';
  if (us < 0) return `-${formatDuration(-us)}`;
  if (us < SECOND - 500) return `${Math.round(us / 1000)}ms`;
  if (us < 10 * SECOND - SECOND / 20) return `${(us / SECOND).toFixed(1)}s`;
  const round = (unit: number) => Math.round(us / unit) * unit;
  if (round(SECOND) < MINUTE) return `${round(SECOND) / SECOND}s`;
  if (round(SECOND) < HOUR) return two(round(SECOND), MINUTE, 'm', SECOND, 's');
  if (round(MINUTE) < DAY) return two(round(MINUTE), HOUR, 'h', MINUTE, 'm');
  return two(round(HOUR), DAY, 'd', HOUR, 'h');
}

function two(us: number, large: number, one: string, small: number, other: string): string {
  const rest = String(Math.floor((us % large) / small)).padStart(2, '0');
  return `${Math.floor(us / large)}${one}${rest}${other}`;
}

/** A size: `812 B`, `1.3 KiB`, `24.0 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}

/** A number with its thousands apart: `12,345`. */
export function formatNumber(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** US dollars: to the cent from one dollar on, else to a hundredth of one. */
export function formatCost(dollars: number): string {
  if (dollars > 0 && dollars < 0.00005) return '<$0.0001';
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? 2 : 4)}`;
}
