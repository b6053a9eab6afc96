import { meaningOf } from '../classification/secret-names.ts';
import { isMasked, isPlainWord, looksRandom } from '../classification/secret-values.ts';
import { endOfRun, type Range, runOf } from '../rewriting/ranges.ts';
import { bareAt, wholeEnd } from './value-bounds.ts';

const AUTHORITY = runOf(String.raw`[^\s/?#"'<>\`\\]`);
/** A colon of ours divides no user from a password. */
const MARKER = /\[redacted:[a-z\d-]{1,40}\]/g;
const PARAMETER = /(?:[?&#;]|%3[Ff]|%26)([\w.~-]{1,64})(?:=|%3[Dd])/g;
/** Names of parameters that grant something, beyond those that `meaningOf` knows. */
const GRANTS =
  /^(?:sig|signature|auth|hmac|jwt|ticket|sid|session|sessionid|x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|access_?key_?id)$/i;

/** Passwords before a URL's host: `https://user:password@host`, and tokens in the user's place. */
function findUserinfo(text: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const authority = text
      .slice(start, endOfRun(text, start, AUTHORITY))
      .replaceAll(MARKER, (marker) => '*'.repeat(marker.length));
    const host = authority.lastIndexOf('@');
    if (host <= 0) continue;
    const [user = '', ...rest] = authority.slice(0, host).split(':');
    if (looksRandom(user)) found.push({ start, end: start + user.length, rule: 'url-password' });
    if (rest.length === 0) continue;
    const password = rest.join(':');
    if (password === '' || /^%[sdv]$/.test(password)) continue;
    // A word such as "password" may well be the password.
    if (isMasked(password) && !/^(?!x+$)[a-z]+$/i.test(password)) continue;
    const isNews = looksRandom(password, 12);
    const from = start + user.length + 1;
    found.push({ start: from, end: start + host, rule: 'url-password', isNews });
  }
  return found;
}

function findParameters(text: string): Range[] {
  const found: Range[] = [];
  PARAMETER.lastIndex = 0;
  for (let match = PARAMETER.exec(text); match; match = PARAMETER.exec(text)) {
    const name = match[1] as string;
    const meaning = meaningOf(name);
    if (!meaning && !GRANTS.test(name)) continue;
    const value = valueAt(text, PARAMETER.lastIndex);
    if (isMasked(value.text)) continue;
    // A route's `?key=name` is no secret. A token need not look like one here.
    const isLikely =
      meaning?.strength === 'sure'
        ? value.text.length >= 3
        : value.text.length >= 8 && !isPlainWord(value.text) && /\d|[a-z][A-Z]/.test(value.text);
    if (!isLikely) continue;
    const end = value.isCut ? wholeEnd(text, value) : value.end;
    found.push({
      start: value.start,
      end,
      rule: 'url-parameter',
      isNews: looksRandom(value.text, 12),
    });
    PARAMETER.lastIndex = end;
  }
  return found;
}

/** A parameter's value also ends where the next part of the URL begins. */
function valueAt(text: string, at: number) {
  const value = bareAt(text, at);
  const length = value.text.search(/#|%26|[()[\]{}]/);
  if (length === -1) return { ...value, isCut: true };
  return { ...value, text: value.text.slice(0, length), end: at + length, isCut: false };
}

/** Secrets in URLs. */
export function findInUrls(text: string): Range[] {
  return [...findUserinfo(text), ...findParameters(text)];
}
