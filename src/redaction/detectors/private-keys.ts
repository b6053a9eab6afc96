import { looksRandom } from '../classification/secret-values.ts';
import { endOfRun, matchEnd, runOf } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';

/** Matches the first line of a key: `-----BEGIN RSA PRIVATE KEY-----`. */
const BEGIN_LINE =
  /-{4,5}(?: |%20|\+)?BEGIN(?: |%20|\+)(?:[A-Z0-9]{1,20}(?: |%20|\+)){0,3}PRIVATE(?: |%20|\+)KEY(?:(?: |%20|\+)BLOCK)?(?: |%20|\+)?-{4,5}/g;
/** Matches its last line: `-----END RSA PRIVATE KEY-----`. */
const END_LINE =
  /-{4,5}(?: |%20|\+)?END(?: |%20|\+)(?:[A-Z0-9]{1,20}(?: |%20|\+)){0,3}PRIVATE(?: |%20|\+)KEY(?:(?: |%20|\+)BLOCK)?(?: |%20|\+)?-{4,5}/y;
/**
 * Matches what stands between the two: base64 and headers (`DEK-Info: AES-128-CBC,…`), on lines, in
 * quotes joined by code, with `\n` written out, or quoted in a mail or a comment. Dashes end it.
 */
const BODY = runOf(
  String.raw`(?:[A-Za-z0-9+/=\s\\"',:().%]|-(?!---)|(?<=(?:[\r\n]|\\n)[ \t]{0,8})[>|#*]{1,3})`,
);
/** Matches a line of base64, such as `MIIEpAIBAAKCAQEA75qT…`. */
const BASE64_LINE = /[A-Za-z0-9+/=]{20,4000}/g;
/** Matches a shorter base64 line that follows: `\nqL8=`. */
const LAST_LINE = /(?:(?:\s|\\{1,8}[nr]){1,4}[A-Za-z0-9+/=]{1,64})?/y;

/** PEM and PGP private keys with their first and last lines, or as much of a key as the text contains. */
export function findPrivateKeys(text: string): SecretRange[] {
  if (!/PRIVATE(?: |%20|\+)KEY/.test(text)) return [];
  return [...text.matchAll(BEGIN_LINE)].flatMap(({ index: start, 0: beginLine }) => {
    const bodyStart = start + beginLine.length;
    const bodyEnd = endOfRun(text, bodyStart, BODY);
    const lines = [...text.slice(bodyStart, bodyEnd).matchAll(BASE64_LINE)];
    const lastLine = lines.filter(([line]) => looksRandom(line)).at(-1);
    // Without base64 it is code or prose that mentions the first line.
    if (!lastLine) return [];
    const end = matchEnd(END_LINE, text, bodyEnd);
    if (end !== undefined) return [{ start, end, rule: 'private-key' }];
    // The key is cut off. The rest of the body may be prose, so stop at the last line of base64.
    const lastLineEnd = bodyStart + lastLine.index + lastLine[0].length;
    const cutEnd = matchEnd(LAST_LINE, text, lastLineEnd) ?? lastLineEnd;
    return [{ start, end: cutEnd, rule: 'private-key' }];
  });
}
