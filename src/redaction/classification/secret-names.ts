import { ANY_MARKER } from '../marker.ts';
import {
  CREDENTIAL_WORDS,
  JOINED_KEY_WORD,
  ORDINARY_KEY_WORDS,
  ORDINARY_TOKEN_WORDS,
  PASSWORD_WORD,
  SECRET_KEY_WORDS,
  SECRET_SALT_WORDS,
  SESSION_WORDS,
  SHORT_PASSWORD_WORDS,
  SHORT_TOKEN_WORDS,
  STORE_WORD,
  TOKEN_WORD,
} from '../shapes/name-words.ts';

/** What the name of a field, a variable or a header says about its value. */
export interface NameMeaning {
  /** The rule that a marker in place of the value shows. */
  readonly rule: string;
  /**
   * `strong`: `password`, `api_key`, `GITHUB_TOKEN`. `weak`: `key`, `token`, `auth` or `pass` alone, and
   * keys of an unknown purpose. These words have other meanings too, so the value must look like a secret.
   */
  readonly strength: 'strong' | 'weak';
}

/** How much of a name is examined, counted from its end: the last word decides. */
const MAX_NAME_CHARS = 128;

/** Matches a word that may follow the one that decides: `old_password`, `token2`, `SECRET_KEY_BASE`. */
const TRAILING_WORD =
  /^(?:\d{1,3}|old|new|base|value|confirm|confirmation|prod|production|staging|dev|plain|raw|string|(?:base|b)64|v\d{1,2}|[a-z])$/;

const strong = (rule: string): NameMeaning => ({ rule, strength: 'strong' });
const weak = (rule: string): NameMeaning => ({ rule, strength: 'weak' });

/** A conversation uses few different names, each many times, so the answers are cached. */
const cachedMeanings = new Map<string, NameMeaning | undefined>();
const MAX_CACHED_NAMES = 2000;

/** Undefined for a name that does not suggest a secret. */
export function meaningOfName(name: string): NameMeaning | undefined {
  const examined = name.slice(-MAX_NAME_CHARS);
  if (cachedMeanings.has(examined)) return cachedMeanings.get(examined);
  if (cachedMeanings.size >= MAX_CACHED_NAMES) cachedMeanings.clear();
  const meaning = classifyName(examined);
  cachedMeanings.set(examined, meaning);
  return meaning;
}

function classifyName(name: string): NameMeaning | undefined {
  // A marker in a name is not one of its words.
  const words = wordsOf(name.replaceAll(ANY_MARKER, ' x '));
  while (words.length > 1 && TRAILING_WORD.test(words.at(-1) as string)) words.pop();
  const last = (words.at(-1) ?? '').replace(/\d{1,3}$/, '');
  const before = words.at(-2);
  return (
    meaningOfHeader(last) ??
    meaningOfPassword(last, before) ??
    meaningOfAccessKey(words) ??
    meaningOfSecret(last, before) ??
    meaningOfKey(last, before) ??
    meaningOfToken(last, before)
  );
}

/** The words of a name in lower case: `dbPassword`, `DB_PASSWORD` and `db-password` have the same. */
const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

function meaningOfHeader(last: string): NameMeaning | undefined {
  if (/^(?:proxy)?authorization$/.test(last)) return strong('authorization');
  return last === 'cookie' ? strong('cookie') : undefined;
}

function meaningOfPassword(last: string, before: string | undefined): NameMeaning | undefined {
  if (PASSWORD_WORD.test(last)) return strong('password');
  if (last === 'passwords') return weak('password');
  if (!SHORT_PASSWORD_WORDS.has(last)) return undefined;
  return before === undefined ? weak('password') : strong('password');
}

/** `SecretAccessKey`, `AWS_SECRET_ACCESS_KEY`, `api_accesskey`. */
function meaningOfAccessKey(words: readonly string[]): NameMeaning | undefined {
  if (!/(?:secret|private|api)_?access_?key$/.test(words.join('_'))) return undefined;
  return strong(words.join('').includes('secret') ? 'aws-secret-key' : 'key');
}

function meaningOfSecret(last: string, before: string | undefined): NameMeaning | undefined {
  if (/secret$/.test(last)) return strong('secret');
  if (last === 'salt' && before !== undefined && SECRET_SALT_WORDS.has(before)) {
    return strong('secret');
  }
  if (SHORT_TOKEN_WORDS.has(last) && before !== undefined) return strong('token');
  // `"auth": "dXNlcjpwYXNz"`, as Docker and npm keep a user with the password.
  if (last === 'auth') return weak('auth');
  if (SESSION_WORDS.has(last)) return weak('session');
  return CREDENTIAL_WORDS.has(last) ? weak('credential') : undefined;
}

function meaningOfKey(last: string, before: string | undefined): NameMeaning | undefined {
  if (JOINED_KEY_WORD.test(last)) return strong('key');
  if (last === 'data' && before === 'key') return weak('key');
  if (last !== 'key') return undefined;
  if (before === undefined) return weak('key');
  if (ORDINARY_KEY_WORDS.has(before)) return undefined;
  return SECRET_KEY_WORDS.has(before) ? strong('key') : weak('key');
}

function meaningOfToken(last: string, before: string | undefined): NameMeaning | undefined {
  if (last !== 'token') return TOKEN_WORD.test(last) ? strong('token') : undefined;
  if (before === undefined) return weak('token');
  return ORDINARY_TOKEN_WORDS.has(before) ? undefined : strong('token');
}

/** Whether a name is that of an object whose strings are all secrets: `{"secrets": {"A": "…"}}`. */
export function isSecretStoreName(name: string): boolean {
  const last = wordsOf(name.slice(-MAX_NAME_CHARS)).at(-1) ?? '';
  return STORE_WORD.test(last);
}
