/** Whether a text is printable ASCII: one column of the terminal per character. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
