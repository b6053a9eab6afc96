import { endOfString, NUMBER_SOURCE } from './json-scanner.ts';

/**
 * A number with exactly the digits that are stored. JavaScript's own numbers change some: they round integers above
 * 2^53, and lose `-0`, `1.0` and `1e400`.
 */
export class StoredNumber {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
  }

  toString(): string {
    return this.#digits;
  }
}

const NUMBER = new RegExp(NUMBER_SOURCE, 'y');
/** A number after a bracket, a comma or a colon. In a text of JSON, also some that stand in strings. */
const NUMBER_IN_JSON = new RegExp(String.raw`[[,:]\s*(${NUMBER_SOURCE})(?=\s*[\],}])`, 'g');

/** Whether JavaScript writes a number with the same digits. */
function isKept(digits: string): boolean {
  return String(Number(digits)) === digits;
}

/** Whether a JSON text may contain numbers that JavaScript's own numbers would change. */
export function mayChangeNumbers(json: string): boolean {
  for (const [, digits = ''] of json.matchAll(NUMBER_IN_JSON)) if (!isKept(digits)) return true;
  return false;
}

/**
 * A JSON text in which each number that JavaScript would change is a string: the mark, and the digits.
 *
 * @param json valid JSON
 */
export function quoteNumbers(json: string, mark: string): string {
  const parts: string[] = [];
  let copied = 0;
  const next = /["\d-]/g;
  for (let found = next.exec(json); found; found = next.exec(json)) {
    const start = found.index;
    if (json[start] === '"') next.lastIndex = endOfString(json, start);
    else {
      NUMBER.lastIndex = start;
      const [digits = ''] = NUMBER.exec(json) ?? [];
      next.lastIndex = start + digits.length;
      if (isKept(digits)) continue;
      parts.push(json.slice(copied, start), `"${mark}${digits}"`);
      copied = next.lastIndex;
    }
  }
  return parts.join('') + json.slice(copied);
}

const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/**
 * Compares two decimal numbers of any length, exactly.
 *
 * @returns below 0 if `a` is smaller, above 0 if it is larger, 0 if they are equal
 * @throws RangeError if one of them is not a decimal number
 */
export function compareDecimals(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  if (one.sign !== other.sign) return one.sign - other.sign;
  if (one.sign === 0) return 0;
  return one.sign * compareSizes(one, other);
}

interface DecimalParts {
  /** -1, 0 or 1. */
  readonly sign: number;
  /** The digits, without zeros at either end. */
  readonly digits: string;
  /** The power of ten of the position before the first digit: 1 for `5`, 0 for `0.5`. */
  readonly exponent: bigint;
}

function partsOf(text: string): DecimalParts {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${text}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const all = whole + fraction;
  const zeros = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(zeros).replace(/0+$/, '');
  if (digits === '') return { sign: 0, digits, exponent: 0n };
  return {
    sign: sign === '-' ? -1 : 1,
    digits,
    exponent: BigInt(whole.length - zeros) + BigInt(exponent),
  };
}

function compareSizes(a: DecimalParts, b: DecimalParts): number {
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
