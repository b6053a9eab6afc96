/** Text in base64, in both alphabets, as conversations contain it. */

const toBinary = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

export const utf8Bytes = (text: string): Uint8Array => utf8.encode(text);

/** Bytes as base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => btoa(toBinary(bytes));

/** Matches characters that no text for people or programs contains. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/;
/** How much is decoded first, to see whether it is text at all. A multiple of 4. */
const PROBE_CHARS = 64;

/** The text that base64 stands for; undefined if it is not base64 of printable text. Line breaks in it are ignored. */
export function textOfBase64(encoded: string): string | undefined {
  const standard = encoded
    .replace(/\s+|=+$/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (standard.length > PROBE_CHARS && UNPRINTABLE.test(decode(standard.slice(0, PROBE_CHARS)))) {
    return undefined;
  }
  const binary = decode(standard);
  if (binary === '' || UNPRINTABLE.test(binary)) return undefined;
  try {
    return strictUtf8.decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  } catch {
    return undefined; // not UTF-8
  }
}

/** The bytes as one character each; empty if this is not base64. */
function decode(standard: string): string {
  if (!/^[A-Za-z0-9+/]*$/.test(standard) || standard.length % 4 === 1) return '';
  return atob(standard);
}
