import { meaningOfName, type NameMeaning } from '../classification/secret-names.ts';
import { isMasked, isPlainWord, looksRandom } from '../classification/secret-values.ts';
import { ANY_MARKER } from '../marker.ts';
import { endOfRun, findAfter, runOf } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { fullValueEnd, unquotedValueAt } from '../search/value-bounds.ts';

/** Matches what stands between `://` and the path: `user:password@example.com:8080`. */
const AUTHORITY = runOf(String.raw`(?:[^\s/?#"'<>\`\\]|\\{1,3}(?=[:@]))`);
/** Matches the name of a parameter and what surrounds it: `?token=`, `&api_key=`, `%26sig%3D`. */
const PARAMETER = /(?:[?&#;]|%3[Ff]|%26)([\w.~-]{1,64})(?:=|%3[Dd])/g;
/** Names of parameters that grant access, such as `sig`, and mean nothing special outside of URLs. */
const ACCESS_PARAMETER =
  /^(?:sig|signature|auth|hmac|jwt|ticket|sid|session|sessionid|x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|access_?key_?id)$/i;
/** Matches where a parameter's value ends because another part of the URL or of the text begins. */
const AFTER_PARAMETER = /#|%26|[()[\]{}]/;

/** Secrets in URLs: `https://user:password@host` and `?token=…`. */
export function findInUrls(text: string): SecretRange[] {
  return [...findUserinfo(text), ...findParameters(text)];
}

/** Passwords before the host, and tokens in place of the user. */
function findUserinfo(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    // The colon of a marker does not separate a user from a password.
    const authority = text
      .slice(start, endOfRun(text, start, AUTHORITY))
      .replaceAll(ANY_MARKER, (marker) => '*'.repeat(marker.length));
    const userinfoLength = authority.lastIndexOf('@');
    if (userinfoLength <= 0) continue;
    const [user = '', ...rest] = authority.slice(0, userinfoLength).split(':');
    if (looksRandom(user)) found.push({ start, end: start + user.length, rule: 'url-password' });
    // In some settings, backslashes are before the colon and the at sign.
    const password = rest.join(':').replace(/\\+$/, '');
    if (!isUrlPassword(password)) continue;
    found.push({
      start: start + user.length + 1,
      end: start + user.length + 1 + password.length,
      rule: 'url-password',
      shouldRemember: true,
    });
  }
  return found;
}

/** Whether the text between a URL's user and host is a password rather than a placeholder. */
function isUrlPassword(password: string): boolean {
  if (password === '' || /^%[sdv]$/.test(password)) return false;
  // A word such as "password" may be the password; one of x's alone is not.
  return !isMasked(password) || /^(?!x+$)[a-z]+$/i.test(password);
}

function findParameters(text: string): SecretRange[] {
  return findAfter(text, PARAMETER, (at, match) => {
    const name = match[1] as string;
    const meaning = meaningOfName(name);
    if (!meaning && !ACCESS_PARAMETER.test(name)) return undefined;
    const examined = unquotedValueAt(text, at);
    const length = examined.text.search(AFTER_PARAMETER);
    const value = length === -1 ? examined.text : examined.text.slice(0, length);
    if (!isParameterSecret(value, meaning)) return undefined;
    return {
      start: at,
      end: length === -1 ? fullValueEnd(text, examined) : at + length,
      rule: 'url-parameter',
      shouldRemember: true,
    };
  });
}

function isParameterSecret(value: string, meaning: NameMeaning | undefined): boolean {
  if (isMasked(value)) return false;
  if (meaning?.strength === 'strong') return value.length >= 3;
  // `?key=name` of a page's route is no secret.
  return value.length >= 8 && !isPlainWord(value) && /\d|[a-z][A-Z]/.test(value);
}
