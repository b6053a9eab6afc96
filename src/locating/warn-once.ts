/**
 * Passes each message on once, for work that is repeated.
 *
 * @param warned the messages that were passed on
 */
export function warnOnce(
  warn: (message: string) => void,
  warned = new Set<string>(),
): (message: string) => void {
  return (message) => {
    if (!warned.has(message)) warn(message);
    warned.add(message);
  };
}
