import { isEncodedPair } from '../classification/encoded-pairs.ts';
import { isCode, isDistinctive, isMasked, isPlainWord } from '../classification/secret-values.ts';
import { endOfRun, findAfter, matchEnd, runOf } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { fullValueEnd, QUOTE, quotedValueAt, unquotedValueAt } from '../search/value-bounds.ts';

/** Matches the header's name and what joins it to its value: `Authorization: `, `"authorization" = `. */
const AUTHORIZATION = new RegExp(
  String.raw`authorization(?:${QUOTE})?\]?[ \t]{0,8}[:=](?!=)[ \t]{0,8}`,
  'gi',
);
/** Matches the quote that may open the header's value: `"`, `f'`, `\"`, or nothing. */
const OPTIONAL_QUOTE = new RegExp(`(?:[fFrRbBuU]{0,2}${QUOTE})?`, 'y');
/** Matches a scheme that one credential follows: `Bearer `, `Basic%20`. */
const CREDENTIAL_SCHEME =
  /(?:bearer|basic|token|apikey|api-key|bot|key|negotiate|ntlm|oauth|splunk|genie\w{0,8})(?: |%20|\t|\+)+/iy;
/** Matches a scheme that parameters follow: the `Digest ` of `Digest username="u", nonce="n"`. */
const PARAMETER_SCHEME =
  /(?:digest|hawk|aws4-hmac-sha256|oauth|hmac|signature|scram-[\w-]{1,20})[ \t]+(?=[\w-]{1,40}=)/iy;
/** Matches a word that may be a scheme that is not in these lists: `GitHub-Bearer `. */
const OTHER_SCHEME = /[A-Za-z][\w-]{1,30} (?=\S)/y;
/** Matches the parameters, up to the end of the line or of a quoted string. */
const PARAMETERS = runOf(String.raw`[^\r\n'\\]`);
/** Matches a word that follows "Authorization: Bearer" in prose and manuals: `token`, `your`. */
const PROSE_WORD =
  /^(?:tokens?|auth|authentication|authorization|access|api|keys?|credentials?|schemes?|headers?|your|my|the|is|and|or|with|here)$/i;

/** Matches `Bearer ` and `Basic%20` in front of 12 characters that a token, or a user and a password in base64, may consist of. */
const BEARER =
  /(?:(?<![A-Za-z0-9_])|(?<=%20))(?:bearer(?: |%20|\s|\\n)+(?=[\w.~+/=-]{12})|basic(?: |%20|\t)+(?=[\w+/=-]{8}))/gi;
/** A word of this many characters with a digit in it is no prose. */
const MIN_TOKEN_WITH_DIGIT_CHARS = 20;
const isBearerToken = (value: string) =>
  isDistinctive(value) ||
  isEncodedPair(value) ||
  (value.length >= MIN_TOKEN_WITH_DIGIT_CHARS && /\d/.test(value) && /[A-Za-z]/.test(value));

/** Matches the header's name and what joins it to its value: `Cookie: `, `"set-cookie": `, `--cookie `. */
const COOKIE = new RegExp(
  [
    `(?:set-)?cookie2?(?:${QUOTE})?`,
    String.raw`(?:[ \t]{0,8}:[ \t]{0,8}|[ \t]{0,8}=(?!=)[ \t]{0,8}(?=${QUOTE})|(?<=--cookie)[ =])`,
  ].join(''),
  'gi',
);
/** Matches the beginning of a cookie: `session=a`. */
const COOKIE_PAIR = /[\w!#$%&*+.^|~-]{1,200}=[^\s;"'`\\]/y;
/** Matches all cookies of a header, up to the end of the line or of a quoted string. */
const COOKIES = runOf(String.raw`[^\r\n"'\`\\]`);

/** Values of Authorization and Cookie headers, and what follows "Bearer" elsewhere. */
export function findHeaders(text: string): SecretRange[] {
  return [...findAuthorization(text), ...findBearer(text), ...findCookies(text)];
}

function findAuthorization(text: string): SecretRange[] {
  return findAfter(text, AUTHORIZATION, (at) =>
    credentialsAt(text, matchEnd(OPTIONAL_QUOTE, text, at) ?? at),
  );
}

/** The credentials of an Authorization header whose value begins at `at`. The scheme stays. */
export function credentialsAt(text: string, at: number): SecretRange | undefined {
  const parameters = matchEnd(PARAMETER_SCHEME, text, at);
  if (parameters !== undefined) {
    const end = endOfRun(text, parameters, PARAMETERS);
    return { start: parameters, end, rule: 'authorization' };
  }
  const knownScheme = matchEnd(CREDENTIAL_SCHEME, text, at);
  const afterScheme = knownScheme ?? matchEnd(OTHER_SCHEME, text, at);
  // What looks like a scheme may be the credential itself, so the value is tried from `at` as well.
  for (const start of afterScheme === undefined ? [at] : [afterScheme, at]) {
    const value = unquotedValueAt(text, start);
    if (!isCredential(value.text, start === knownScheme)) continue;
    return {
      start,
      end: fullValueEnd(text, value),
      rule: 'authorization',
      shouldRemember: true,
    };
  }
  return undefined;
}

function isCredential(value: string, followsKnownScheme: boolean): boolean {
  if (isMasked(value) || isCode(value) || PROSE_WORD.test(value)) return false;
  return followsKnownScheme ? value.length >= 3 : value.length >= 6 && !isPlainWord(value);
}

function findBearer(text: string): SecretRange[] {
  return findAfter(text, BEARER, (start) => {
    const value = unquotedValueAt(text, start);
    if (isMasked(value.text) || !isBearerToken(value.text)) return undefined;
    const end = fullValueEnd(text, value);
    return { start, end, rule: 'authorization', shouldRemember: true };
  });
}

function findCookies(text: string): SecretRange[] {
  return findAfter(text, COOKIE, (at) => {
    const quoted = quotedValueAt(text, at);
    const start = quoted?.start ?? at;
    if (matchEnd(COOKIE_PAIR, text, start) === undefined) return undefined;
    return { start, end: quoted?.end ?? endOfRun(text, start, COOKIES), rule: 'cookie' };
  });
}
