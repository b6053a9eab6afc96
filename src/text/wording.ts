/** An integer with thousands separators: `12,345`. */
export function formatNumber(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `3 events`, `1 event`, `1,295 events`. */
export function pluralize(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : nouns}`;
}

/** ` and 3 more`; nothing if there are no more. */
export function andMore(more: number): string {
  return more > 0 ? ` and ${formatNumber(more)} more` : '';
}

/** The first few names of a list, and how many more there are: `a, b and 3 more`. */
export function listSome(names: readonly string[], max: number): string {
  return names.slice(0, max).join(', ') + andMore(names.length - max);
}

/** `512 B`, `1.5 KiB`, `3.0 MiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
