import { isCode, isMasked, isPlainWord, looksRandom } from '../classification/secret-values.ts';
import { endOfRun, type Range, runOf } from '../rewriting/ranges.ts';
import { bareAt, quotedAt, wholeEnd } from './value-bounds.ts';

const AUTHORIZATION = /authorization(?:\\{0,15}["'`])?\]?[ \t]{0,8}[:=](?!=)[ \t]{0,8}/gi;
const QUOTE = /(?:[fFrRbBuU]{0,2}\\{0,15}["'`])?/y;
/** With a single credential behind them, and with a list of parameters. */
const SCHEME =
  /(?:bearer|basic|token|apikey|api-key|bot|key|negotiate|ntlm|oauth|splunk|genie\w{0,8})(?: |%20|\t|\+)+/iy;
const LISTING =
  /(?:digest|hawk|aws4-hmac-sha256|oauth|hmac|signature|scram-[\w-]{1,20})[ \t]+(?=[\w-]{1,40}=)/iy;
const OTHER_SCHEME = /[A-Za-z][\w-]{1,30} (?=\S)/y;
const PARAMETERS = runOf(String.raw`[^\r\n'\\]`);
/** Words that follow "Authorization: Bearer" in prose and manuals. */
const SPOKEN =
  /^(?:tokens?|auth|authentication|authorization|access|api|keys?|credentials?|schemes?|headers?|your|my|the|is|and|or|with|here)$/i;

const BEARER = /(?<![A-Za-z0-9_])(?:bearer|basic)(?: |%20|\t)+(?=[\w.~+/=-]{16})/gi;
const COOKIE =
  /(?:set-)?cookie2?(?:\\{0,15}["'`])?(?:[ \t]{0,8}:[ \t]{0,8}|[ \t]{0,8}=(?!=)[ \t]{0,8}(?=\\{0,15}["'`])|(?<=--cookie)[ =])/gi;
const PAIR = /[\w!#$%&*+.^|~-]{1,200}=[^\s;"'`\\]/y;
const COOKIES = runOf(String.raw`[^\r\n"'\`\\]`);

function test(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}

/** The credentials of an Authorization header whose value begins at a place. The scheme stays. */
export function credentialsAt(text: string, at: number): Range | undefined {
  const listing = test(LISTING, text, at);
  if (listing !== undefined) {
    return { start: listing, end: endOfRun(text, listing, PARAMETERS), rule: 'authorization' };
  }
  const scheme = test(SCHEME, text, at);
  const other = scheme === undefined ? test(OTHER_SCHEME, text, at) : undefined;
  for (const start of scheme === undefined && other === undefined ? [at] : [scheme ?? other, at]) {
    const value = bareAt(text, start as number);
    const { text: head } = value;
    if (isMasked(head) || isCode(head) || SPOKEN.test(head)) continue;
    const isLikely = start === scheme ? head.length >= 3 : head.length >= 6 && !isPlainWord(head);
    if (!isLikely) continue;
    const isNews = looksRandom(head, 12);
    return { start: value.start, end: wholeEnd(text, value), rule: 'authorization', isNews };
  }
  return undefined;
}

/**
 * Values of Authorization and Cookie headers, and what follows "Bearer" elsewhere. Each search goes on
 * behind what it has found, so that no part of a text is taken twice.
 */
export function findHeaders(text: string): Range[] {
  const found: Range[] = [];
  AUTHORIZATION.lastIndex = 0;
  for (let match = AUTHORIZATION.exec(text); match; match = AUTHORIZATION.exec(text)) {
    const at = test(QUOTE, text, AUTHORIZATION.lastIndex) as number;
    const credentials = credentialsAt(text, at);
    if (!credentials) continue;
    found.push(credentials);
    AUTHORIZATION.lastIndex = credentials.end;
  }
  BEARER.lastIndex = 0;
  for (let match = BEARER.exec(text); match; match = BEARER.exec(text)) {
    const value = bareAt(text, BEARER.lastIndex);
    if (!looksRandom(value.text)) continue;
    const end = wholeEnd(text, value);
    found.push({ start: value.start, end, rule: 'authorization', isNews: true });
    BEARER.lastIndex = end;
  }
  COOKIE.lastIndex = 0;
  for (let match = COOKIE.exec(text); match; match = COOKIE.exec(text)) {
    const at = match.index + match[0].length;
    const quoted = quotedAt(text, at);
    const start = quoted?.start ?? at;
    if (test(PAIR, text, start) === undefined) continue;
    const end = quoted?.end ?? endOfRun(text, start, COOKIES);
    found.push({ start, end, rule: 'cookie' });
    COOKIE.lastIndex = end;
  }
  return found;
}
