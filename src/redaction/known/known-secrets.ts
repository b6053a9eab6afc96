import {
  isCommonValue,
  isMasked,
  isWorthSearching,
  looksLikeRandomLetters,
  looksRandom,
} from '../classification/secret-values.ts';
import { LiteralScanner } from '../search/literal-scanner.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { decodedForms, type EncodedForm, encodedForms } from './encodings.ts';

/** How many secrets are remembered. Beyond that, the one least recently found is forgotten. */
const MAX_REMEMBERED_SECRETS = 4096;
const MAX_REMEMBERED_CHARS = 4096;
/** The fewest characters of a value that is searched for because the state keeps it as a secret. */
const MIN_CERTAIN_CHARS = 8;
/** A random value of this many characters is no part of another word, so it is replaced inside of words too. */
const MIN_INNER_CHARS = 16;

/** A form of a secret that is searched for. */
interface SearchedForm extends EncodedForm {
  readonly rule: string;
}

/**
 * Secrets that were recognized by what is beside them (`password=…`) or by their shape, remembered so that they are
 * also found where they appear without it, and in other encodings.
 */
export class KnownSecrets {
  readonly #forms = new Map<string, readonly SearchedForm[]>();
  readonly #scanner = new LiteralScanner<SearchedForm>();
  /** How many secrets have been added, including those forgotten since. */
  addedCount = 0;

  /** Remembers a secret. One that is too short, too common or too long to search for is ignored. */
  add(secret: string, rule: string): void {
    this.#remember(secret, rule);
    if (secret.length > MAX_REMEMBERED_CHARS) return;
    for (const decoded of decodedForms(secret)) this.#remember(decoded, rule);
  }

  /**
   * Remembers a value that is a secret without doubt, because the conversation's state keeps it as one. It is searched
   * for even if it is made of words.
   */
  addCertain(secret: string, rule: string): void {
    const isSearchable = secret.length >= MIN_CERTAIN_CHARS && !isCommonValue(secret);
    if (isSearchable && !isMasked(secret)) this.#remember(secret, rule, true);
    this.add(secret, rule);
  }

  #remember(secret: string, rule: string, isCertain = false): void {
    if (secret.length > MAX_REMEMBERED_CHARS || !(isCertain || isWorthSearching(secret))) return;
    const known = this.#forms.get(secret);
    if (known) {
      // Added again, so that the map's order is that of the latest find.
      this.#forms.delete(secret);
      this.#forms.set(secret, known);
      return;
    }
    this.addedCount++;
    const isInner =
      looksRandom(secret.replace(/[^\w+/=-]/g, ''), MIN_INNER_CHARS) ||
      (secret.length >= MIN_INNER_CHARS && looksLikeRandomLetters(secret));
    const forms = [
      { text: secret, isInner, isBase64: false, rule },
      ...encodedForms(secret).map((form) => ({ ...form, rule })),
    ];
    for (const form of forms) this.#scanner.add(form.text, form);
    this.#forms.set(secret, forms);
    if (this.#forms.size > MAX_REMEMBERED_SECRETS) this.#forget(this.#forms.keys().next().value);
  }

  #forget(secret = ''): void {
    for (const form of this.#forms.get(secret) ?? []) this.#scanner.remove(form.text, form);
    this.#forms.delete(secret);
  }

  /** Where the remembered secrets appear in a text: the plain ones as whole words. */
  find(text: string): SecretRange[] {
    if (this.#forms.size === 0) return [];
    const found: SecretRange[] = [];
    this.#scanner.scan(text, ({ rule, isInner, isBase64 }, start, { length }) => {
      const end = start + length;
      if (isBase64) found.push({ ...wholeGroups(text, start, end), rule });
      else if (isInner || (isWordStart(text, start) && isWordEnd(text, end))) {
        found.push({ start, end, rule });
      }
    });
    return found;
  }
}

const MAX_GROUP_REST_CHARS = 3;
/** Matches the characters of base64 before a part of it. */
const BASE64_BEFORE = /[A-Za-z0-9+/]{0,3}$/;
/** Matches the characters of base64 after a part of it, with the padding. */
const BASE64_AFTER = /^[A-Za-z0-9+/]{0,3}={0,2}/;

/** A part of base64 with its neighbours, which hold the rest of its first and last bytes. */
function wholeGroups(text: string, start: number, end: number) {
  const before = text.slice(Math.max(0, start - MAX_GROUP_REST_CHARS), start);
  const after = text.slice(end, end + MAX_GROUP_REST_CHARS + 2);
  return {
    start: start - (BASE64_BEFORE.exec(before)?.[0].length ?? 0),
    end: end + (BASE64_AFTER.exec(after)?.[0].length ?? 0),
  };
}

/** How much of the text before a word is examined: enough for a colour, `[01;38;5;196m`. */
const MAX_BEFORE_WORD_CHARS = 12;
/** Matches the end of what a word may follow: nothing, a space, `\n` written out, `%20`, a colour. */
const BEFORE_WORD = /(?:^|[^A-Za-z0-9]|\\[nrtbf]|%[\dA-F]{2}|\[[\d;]{0,9}m)$/i;

const isWordStart = (text: string, at: number) =>
  BEFORE_WORD.test(text.slice(Math.max(0, at - MAX_BEFORE_WORD_CHARS), at));

const isWordEnd = (text: string, at: number) => !/[A-Za-z0-9]/.test(text.slice(at, at + 1));
