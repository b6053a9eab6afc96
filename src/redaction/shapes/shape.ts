/** The shape of one kind of secret: literals that are cheap to search for, and a pattern that is tried where one is. */
export interface SecretShape {
  readonly rule: string;
  /** Each secret has one of these in it, or directly before it. */
  readonly literals: readonly string[];
  readonly ignoresCase: boolean;
  /**
   * Sticky, and tried where a literal is. The whole match is the secret, or the group `secret`. The group `start`, in a
   * lookbehind, is a beginning of the secret that precedes the literal.
   */
  readonly pattern: RegExp;
  /** Whether the secret is any text, so that a placeholder (`<password>`, `$PASSWORD`) is none. */
  readonly isFree: boolean;
}

/** Matches after an escape that ends in a letter or digit: `\n` written out, `%20`, a colour (`[31m`). */
const AFTER_ESCAPE = String.raw`(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2})|(?<=\[[\d;]{0,12}m)`;
/** Matches where a token can begin: after no letter or digit, or after an escape. */
export const TOKEN_START = `(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})`;
/**
 * Matches where a run of `\w` and `-` begins. For shapes that can fail after a long run: they would be
 * slow if they were tried at every character of it.
 */
export const WORD_START = String.raw`(?:(?<![\w-])|${AFTER_ESCAPE})`;
/** Matches where a token ends that has a fixed length. */
export const TOKEN_END = '(?![A-Za-z0-9])';

/** How many characters of a run a pattern matches. The finder of tokens matches the rest of a longer one. */
export const MAX_MATCHED_RUN_CHARS = 20_000;

const withRunLimit = (pattern: string) => pattern.replaceAll(',}', `,${MAX_MATCHED_RUN_CHARS}}`);

const shape = (rule: string, literals: string, pattern: string): SecretShape => ({
  rule,
  literals: literals.split(' '),
  ignoresCase: false,
  // Groups have indices only with the flag d, which costs time.
  pattern: new RegExp(withRunLimit(pattern), pattern.includes('(?<s') ? 'dy' : 'y'),
  isFree: false,
});

/**
 * A shape whose tokens begin with a literal.
 *
 * @param prefixes the literals, separated by spaces
 * @param pattern prefixes and runs. Each run is at the end or is followed by a character that it does
 *   not match, so that no text makes the pattern slow. `{20,}` is limited to `MAX_MATCHED_RUN_CHARS`.
 * @param start where a token can begin
 */
export const prefixed = (
  rule: string,
  prefixes: string,
  pattern: string,
  start = TOKEN_START,
): SecretShape => shape(rule, prefixes, start + pattern);

/**
 * A shape whose tokens have a literal inside.
 *
 * @param before matches the part of a token before the literal; its length must be limited
 * @param pattern the literal and the rest of the token, see `prefixed`
 */
export const around = (
  rule: string,
  literals: string,
  before: string,
  pattern: string,
): SecretShape => shape(rule, literals, `(?<=${TOKEN_START}(?<start>${before}))${pattern}`);

/** A shape whose tokens follow a literal. @param pattern matches the literal, and the token as group `secret` */
export const following = (rule: string, literals: string, pattern: string): SecretShape =>
  shape(rule, literals, pattern);

/**
 * A secret of any text that words in front of it announce, in any case.
 *
 * @param literals texts that the pattern begins with, separated by `|`
 * @param pattern matches a literal, and the secret as group `secret`, which may include its quotes
 */
export const announced = (rule: string, literals: string, pattern: string): SecretShape => ({
  rule,
  literals: literals.split('|'),
  ignoresCase: true,
  pattern: new RegExp(pattern, 'diy'),
  isFree: true,
});
