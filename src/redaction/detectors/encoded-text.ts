import { textOfBase64 } from '../search/base64.ts';
import type { SecretRange } from '../search/secret-range.ts';

/**
 * Matches base64 of ASCII text, also on several lines: the first byte of three is printable, or white space, so the
 * first character of four is one of these. Hardly any other text passes that 6 times.
 */
const BASE64_OF_TEXT =
  /[CDI-Za-f](?:(?<![A-Za-z0-9+/].)|(?<=\\[nrt].))[A-Za-z0-9+/]{3}(?:[CDI-Za-f][A-Za-z0-9+/]{3}){5,5000}(?:\r?\n(?:[CDI-Za-f][A-Za-z0-9+/]{3}){1,5000}){0,500}[A-Za-z0-9+/]{0,3}={0,2}/g;

/** What `find` finds in the text that base64 stands for. All of the base64 is replaced, whatever else is in it. */
export function findInEncodedText(
  text: string,
  find: (decoded: string) => SecretRange[],
): SecretRange[] {
  const found: SecretRange[] = [];
  for (const { index, 0: encoded } of text.matchAll(BASE64_OF_TEXT)) {
    const decoded = textOfBase64(encoded);
    const [secret] = decoded === undefined ? [] : find(decoded);
    if (secret) found.push({ start: index, end: index + encoded.length, rule: secret.rule });
  }
  return found;
}
