/** `3 events`, `1 event`. */
export function pluralize(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** ` and 3 more`; nothing if there are no more. */
export function andMore(more: number): string {
  return more > 0 ? ` and ${more} more` : '';
}

/** The first few names of a list, and how many more there are: `a, b and 3 more`. */
export function listSome(names: readonly string[], max: number): string {
  return names.slice(0, max).join(', ') + andMore(names.length - max);
}
