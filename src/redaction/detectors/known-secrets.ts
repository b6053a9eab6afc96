import { MIN_DISTINCTIVE_CHARS } from '../classification/secret-values.ts';
import type { SecretRange } from './secret-range.ts';

/** How many secrets are remembered. Beyond that, the one least recently found is forgotten. */
const MAX_REMEMBERED_SECRETS = 256;
const MAX_REMEMBERED_CHARS = 4096;

/**
 * Secrets that were recognized by what is beside them (`password=…`), remembered so that they are
 * also found where they appear without it.
 */
export class KnownSecrets {
  readonly #rules = new Map<string, string>();
  /** How many secrets have been added, including those forgotten since. */
  addedCount = 0;

  /** Remembers a secret. One that is too short or too long to search for is ignored. */
  add(secret: string, rule: string): void {
    if (secret.length < MIN_DISTINCTIVE_CHARS || secret.length > MAX_REMEMBERED_CHARS) return;
    // Deleted first, so that the map's order is that of the latest find.
    const isNew = !this.#rules.delete(secret);
    if (isNew) this.addedCount++;
    this.#rules.set(secret, rule);
    if (this.#rules.size > MAX_REMEMBERED_SECRETS) {
      this.#rules.delete(this.#rules.keys().next().value as string);
    }
  }

  /** Where the remembered secrets appear in a text as whole words. */
  find(text: string): SecretRange[] {
    if (text.length < MIN_DISTINCTIVE_CHARS) return [];
    const found: SecretRange[] = [];
    for (const [secret, rule] of this.#rules) {
      for (let start = text.indexOf(secret); start !== -1; ) {
        const end = start + secret.length;
        if (isWordStart(text, start) && isWordEnd(text, end)) found.push({ start, end, rule });
        // Continue after the whole secret: one that overlaps itself (`abcabcabc`) counts once.
        start = text.indexOf(secret, end);
      }
    }
    return found;
  }
}

/** How much of the text before a word is examined: enough for a colour, `[01;38;5;196m`. */
const MAX_BEFORE_WORD_CHARS = 12;
/** Matches the end of what a word may follow: nothing, a space, `\n` written out, `%20`, a colour. */
const BEFORE_WORD = /(?:^|[^A-Za-z0-9]|\\[nrtbf]|%[\dA-F]{2}|\[[\d;]{0,9}m)$/i;

const isWordStart = (text: string, at: number) =>
  BEFORE_WORD.test(text.slice(Math.max(0, at - MAX_BEFORE_WORD_CHARS), at));

const isWordEnd = (text: string, at: number) => !/[A-Za-z0-9]/.test(text.slice(at, at + 1));
