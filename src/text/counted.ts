/** `3 events`, `1 event`. */
export function pluralize(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
