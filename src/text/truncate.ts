/** The first `max` UTF-16 units of a text, without half of a surrogate pair at the end. */
export function truncateEnd(text: string, max: number): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** The last `max` UTF-16 units of a text, without half of a surrogate pair at the beginning. */
export function truncateStart(text: string, max: number): string {
  return text.slice(-max).replace(/^[\udc00-\udfff]/, '');
}
