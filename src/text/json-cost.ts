/*
 * How much memory a JSON text takes once it is parsed, estimated without parsing it. A text of 60 MB can become 4 GB:
 * that depends on how many arrays, objects, keys and values are in it, not on its size.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What the characters of JSON outside strings stand for, in bytes of memory. Measured with Node 20 on 64-bit systems. */
const COST_BYTES = new Uint8Array(256);
COST_BYTES['['.charCodeAt(0)] = 64; // an array
COST_BYTES['{'.charCodeAt(0)] = 64; // an object
COST_BYTES[':'.charCodeAt(0)] = 64; // a key, which can give the object a new shape
COST_BYTES[','.charCodeAt(0)] = 8; // a value
COST_BYTES[QUOTE] = 16; // a string

/** The most that one byte of JSON can cost: an array that is not closed costs its text as well. */
export const MAX_COST_PER_BYTE = 65;

/**
 * Estimates the memory that a JSON text takes once it is parsed. The text need not be valid.
 *
 * @param bytes UTF-8 text
 * @param enough the estimate may stop once it is above this
 * @returns bytes
 */
export function heapCostOf(bytes: Buffer, enough = Number.POSITIVE_INFINITY): number {
  let cost = bytes.length;
  for (let at = 0; at < bytes.length && cost <= enough; at++) {
    const byte = bytes[at] as number;
    cost += COST_BYTES[byte] as number;
    if (byte === QUOTE) at = stringEnd(bytes, at + 1);
  }
  return cost;
}

/** Position of the quote that ends a string; the length of the text if there is none. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > start && bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return bytes.length;
}
