import { isMasked, isVariableName } from '../classification/secret-values.ts';
import { endOfRun, matchEnd, runOf } from '../search/pattern-search.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { MAX_MATCHED_RUN_CHARS, type SecretShape } from '../shapes/shape.ts';

/*
 * Why not a library: @secretlint/secretlint-rule-preset-recommend 11.7 was measured. It is fast
 * (0.22 ms for 2 KB, linear), but it adds 350 KB of minified code, has only an asynchronous interface
 * and recognizes no JWT and no token of GitLab, Google, Stripe, PyPI, Hugging Face or DigitalOcean.
 * Above all, a text can switch it off: after a line `// secretlint-disable`, which an agent may read
 * in any repository, it finds nothing.
 *
 * The prefixes are those that the services document, and that public lists of rules (gitleaks,
 * trufflehog, detect-secrets) know too.
 */

const TOKEN_REST = runOf('[\\w.+/=-]');

/**
 * Matches a Discord token: the id of a user in base64, a time, a signature. It has no literal; an id begins with a
 * digit, so the token begins with M, N or O.
 */
export const DISCORD_TOKEN =
  /[MNO](?<=(?:^|[^\w-]|\\[nrtbf]|%[\dA-Fa-f]{2}|\[[\d;]{0,12}m).)[\w-]{22,27}\.[\w-]{6}\.[\w-]{27,100}/g;

/** The secret of a shape, one of whose literals is at `at`. */
export function secretOfShape(
  text: string,
  at: number,
  shape: SecretShape,
): SecretRange | undefined {
  const { pattern, rule } = shape;
  if (!pattern.hasIndices) {
    const end = matchEnd(pattern, text, at);
    return end === undefined ? undefined : tokenRange(text, at, end, rule);
  }
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const { secret, start } = match.indices?.groups ?? {};
  if (!shape.isFree) {
    return tokenRange(
      text,
      start?.[0] ?? secret?.[0] ?? at,
      secret?.[1] ?? pattern.lastIndex,
      rule,
    );
  }
  return secret && freeRange(text, secret, rule);
}

function tokenRange(text: string, start: number, end: number, rule: string): SecretRange {
  const isCut = end - start >= MAX_MATCHED_RUN_CHARS;
  return { start, end: isCut ? endOfRun(text, end, TOKEN_REST) : end, rule, shouldRemember: true };
}

/** Matches the quotes around a text, and the backslashes before them. */
const QUOTES = /^(\\{0,3}["'])(.*)\1$/s;

/** The range of a secret of any text without its quotes; undefined for a placeholder. */
function freeRange(
  text: string,
  [from, to]: [number, number],
  rule: string,
): SecretRange | undefined {
  const written = text.slice(from, to);
  const [, quote = '', inQuotes] = QUOTES.exec(written) ?? [];
  const value = inQuotes ?? written.replace(/[.,:!?]+$/, '');
  if (isMasked(value) || isVariableName(value) || value.startsWith('$(')) return undefined;
  const start = from + quote.length;
  const end = start + value.length;
  return { start, end, rule, shouldRemember: true };
}
