import type { SecretRange } from './secret-range.ts';

/**
 * V8 keeps a backtracking entry for each character of a run such as `[a-z]+` and fails at some
 * millions of them, so a long run is matched in steps of this length.
 */
const MAX_RUN_STEP_CHARS = 4000;

/** A pattern for `endOfRun`. @param character a pattern that matches one character, such as `[a-z]` */
export const runOf = (character: string) =>
  new RegExp(`${character}{1,${MAX_RUN_STEP_CHARS}}`, 'y');

/** Where the run of characters that begins at `start` ends. @param run a pattern made by `runOf` */
export function endOfRun(text: string, start: number, run: RegExp): number {
  let end = start;
  do {
    run.lastIndex = end;
    if (!run.test(text)) return end;
    end = run.lastIndex;
  } while (end < text.length);
  return end;
}

/** Where a sticky pattern's match at `at` ends; undefined if it does not match there. */
export function matchEnd(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}

/**
 * The secrets that follow the matches of a global pattern. The search continues after each secret,
 * so no part of a text is examined twice.
 *
 * @param secretAfter the secret, if any, whose value may begin at `at`, the end of the match
 */
export function findAfter(
  text: string,
  pattern: RegExp,
  secretAfter: (at: number, match: RegExpExecArray) => SecretRange | undefined,
): SecretRange[] {
  const found: SecretRange[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const secret = secretAfter(pattern.lastIndex, match);
    if (!secret) continue;
    found.push(secret);
    pattern.lastIndex = secret.end;
  }
  return found;
}
