/** The fewest characters of a literal: a hash covers so many. */
export const MIN_LITERAL_CHARS = 3;
const HASH_BITS = 15;
const HASHES = 1 << HASH_BITS;
/** Letters differ from their other case in this bit. */
const CASE_BIT = 0x20;
/** Of a longer literal, so many characters are looked up, and the rest is compared. */
const MAX_KEY_CHARS = 64;
/** The most literals with the same key: it bounds the work at each character of a hostile text. */
const MAX_LITERALS_OF_KEY = 16;

const addToHash = (hash: number, code: number) => ((hash << 5) ^ (code | CASE_BIT)) & (HASHES - 1);

interface Entry<T> {
  readonly literal: string;
  readonly payload: T;
}

/** The literals whose first three characters have the same hash. */
class Bucket<T> {
  /** The lengths of the keys, the longest first, so that the most special literal is found first. */
  #lengths: number[] = [];
  readonly #entries = new Map<string, Entry<T>[]>();

  add(entry: Entry<T>): void {
    const key = entry.literal.slice(0, MAX_KEY_CHARS);
    const entries = this.#entries.get(key) ?? [];
    if (entries.length >= MAX_LITERALS_OF_KEY) entries.shift();
    entries.push(entry);
    this.#entries.set(key, entries);
    if (!this.#lengths.includes(key.length)) {
      this.#lengths = [...this.#lengths, key.length].sort((a, b) => b - a);
    }
  }

  remove(literal: string, payload: T): void {
    const key = literal.slice(0, MAX_KEY_CHARS);
    const rest = this.#entries.get(key)?.filter((entry) => entry.payload !== payload) ?? [];
    if (rest.length > 0) this.#entries.set(key, rest);
    else this.#entries.delete(key);
  }

  visit(text: string, at: number, visit: (payload: T, literal: string) => void, folds: boolean) {
    for (const length of this.#lengths) {
      const part = text.slice(at, at + length);
      const entries = this.#entries.get(folds ? part.toLowerCase() : part);
      if (!entries) continue;
      for (const { literal, payload } of entries) {
        const isWhole = literal.length <= MAX_KEY_CHARS || text.startsWith(literal, at);
        if (isWhole) visit(payload, literal);
      }
    }
  }
}

/**
 * Searches a text for thousands of literals in one pass. It keeps a table of hashes of the first three characters of
 * each, so most characters of a text cost one look into that table, however many literals there are.
 */
export class LiteralScanner<T> {
  /** 1 for a hash that the first characters of a literal have. */
  readonly #isUsed = new Uint8Array(HASHES);
  readonly #exact = new Map<number, Bucket<T>>();
  readonly #folded = new Map<number, Bucket<T>>();

  /** @throws RangeError for a literal of fewer than three characters */
  add(literal: string, payload: T, ignoresCase = false): void {
    const hash = hashOf(literal);
    this.#isUsed[hash] = 1;
    const buckets = ignoresCase ? this.#folded : this.#exact;
    const bucket = buckets.get(hash) ?? new Bucket<T>();
    bucket.add({ literal: ignoresCase ? literal.toLowerCase() : literal, payload });
    buckets.set(hash, bucket);
  }

  /** Removes a literal that was added with this payload, and with its case. */
  remove(literal: string, payload: T): void {
    this.#exact.get(hashOf(literal))?.remove(literal, payload);
  }

  /** Calls `visit` for each place in the text where a literal is, in ascending order. */
  scan(text: string, visit: (payload: T, at: number, literal: string) => void): void {
    if (text.length < MIN_LITERAL_CHARS) return;
    let hash = addToHash(addToHash(0, text.charCodeAt(0)), text.charCodeAt(1));
    for (let next = 2; next < text.length; next++) {
      // The hash has room for three characters: a fourth pushes the first one out.
      hash = addToHash(hash, text.charCodeAt(next));
      if (this.#isUsed[hash] === 0) continue;
      const at = next - 2;
      const visitHere = (payload: T, literal: string) => visit(payload, at, literal);
      this.#exact.get(hash)?.visit(text, at, visitHere, false);
      this.#folded.get(hash)?.visit(text, at, visitHere, true);
    }
  }
}

function hashOf(literal: string): number {
  if (literal.length < MIN_LITERAL_CHARS) {
    throw new RangeError(`a literal of fewer than ${MIN_LITERAL_CHARS} characters`);
  }
  let hash = 0;
  for (let at = 0; at < MIN_LITERAL_CHARS; at++) hash = addToHash(hash, literal.charCodeAt(at));
  return hash;
}
