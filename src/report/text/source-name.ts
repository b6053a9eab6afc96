/** An event's source for display. @param short whether to shorten the longest name, for narrow terminals */
export function formatSource(source: string, short: boolean): string {
  return short && source === 'environment' ? 'env' : source || '-';
}
