import { textOfBase64 } from '../search/base64.ts';

/** The fewest characters of base64 of a user and a password. */
const MIN_PAIR_CHARS = 8;
/** Matches a user and a password. */
const PAIR = /^([\w.@+-]{1,128}):(.{2,})$/s;

/** The user and the password, for `dXNlcjpwYXNz`; undefined for any other text. */
export function encodedPair(encoded: string): { user: string; password: string } | undefined {
  if (encoded.length < MIN_PAIR_CHARS || !/^[\w+/-]+={0,2}$/.test(encoded)) return undefined;
  const [, user, password] = PAIR.exec(textOfBase64(encoded) ?? '') ?? [];
  return user === undefined || password === undefined ? undefined : { user, password };
}

/** Whether a value is base64 of `user:password`, as Docker, npm and HTTP have it. */
export const isEncodedPair = (value: string) => encodedPair(value) !== undefined;
