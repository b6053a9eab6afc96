/** An event's source as it is shown: the longest shortened where there is little room. */
export function formatSource(source: string, short: boolean): string {
  return short && source === 'environment' ? 'env' : source || '-';
}
