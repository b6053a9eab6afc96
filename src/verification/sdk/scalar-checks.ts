import type { JsonValue } from '../../text/json-value.ts';
import { type Check, nameOfType, type Walk } from './walk.ts';

/**
 * Pydantic's lax mode: it converts values of other types where no information is lost. All rules here were
 * compared with pydantic 2.14.
 */

const expected = (what: string): Check => {
  return (value, walk) => walk.refuse(`expected ${what}, found ${nameOfType(value)}`);
};

const TRUE = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const FALSE = new Set(['0', 'off', 'f', 'false', 'n', 'no']);
const refuseBoolean = expected('a boolean');

export const checkBoolean: Check = (value, walk) => {
  if (typeof value === 'boolean' || value === 0 || value === 1) return true;
  if (typeof value === 'string') {
    const word = value.toLowerCase();
    if (TRUE.has(word) || FALSE.has(word)) return true;
  }
  return refuseBoolean(value, walk);
};

/** Integers beyond this are taken if they are written without a fraction or exponent, which JavaScript can't see. */
const INTEGER_TEXT = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
/** Digits of an integer that Python parses from text. */
const MAX_INTEGER_DIGITS = 4300;
const FLOAT_TEXT =
  /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:e[+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;

/** The integer that pydantic makes of a value; undefined if it refuses the value. */
export function toInteger(value: JsonValue): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text.length > MAX_INTEGER_DIGITS || !INTEGER_TEXT.test(text)) return undefined;
  return Number(text.replaceAll('_', ''));
}

/** The number that pydantic makes of a value; undefined if it refuses the value. */
export function toFloat(value: JsonValue): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!FLOAT_TEXT.test(text) || !/\d|inf|nan/i.test(text)) return undefined;
  const number = text.replaceAll('_', '').toLowerCase();
  if (/inf/.test(number)) return number.startsWith('-') ? -Infinity : Infinity;
  return Number(number); // NaN for "nan"
}

/** Limits of a number, or of the length of a text or list. */
export interface Limits {
  readonly gt?: number;
  readonly ge?: number;
  readonly lt?: number;
  readonly le?: number;
  readonly multiple_of?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly pattern?: string;
  readonly strict?: boolean;
}

function numberProblem(number: number, limits: Limits): string | undefined {
  const { gt, ge, lt, le } = limits;
  // Python compares NaN with nothing: no limit holds for it.
  if (gt !== undefined && !(number > gt)) return `expected a number above ${gt}`;
  if (ge !== undefined && !(number >= ge)) return `expected a number of at least ${ge}`;
  if (lt !== undefined && !(number < lt)) return `expected a number below ${lt}`;
  if (le !== undefined && !(number <= le)) return `expected a number of at most ${le}`;
  return undefined;
}

/** A check for numbers, converted from other types by `convert`. */
function numberCheck(
  what: string,
  convert: (value: JsonValue) => number | undefined,
  limits: Limits = {},
): Check {
  return (value, walk) => {
    const number = convert(value);
    if (number === undefined) {
      const found = typeof value === 'number' ? nameOfNumber(value) : nameOfType(value);
      return walk.refuse(`expected ${what}, found ${found}`);
    }
    const problem = numberProblem(number, limits);
    return problem === undefined || walk.refuse(problem);
  };
}

export const integerCheck = (limits?: Limits): Check =>
  numberCheck('an integer', toInteger, limits);
export const floatCheck = (limits?: Limits): Check => numberCheck('a number', toFloat, limits);

export function stringCheck(limits: Limits = {}): Check {
  const { min_length: min = 0, max_length: max = Infinity } = limits;
  const pattern = limits.pattern === undefined ? undefined : new RegExp(limits.pattern, 'u');
  const refuse = expected('a text');
  return (value, walk) => {
    if (typeof value !== 'string') return refuse(value, walk);
    if (min > 0 || max < Infinity) {
      const length = [...value].length;
      if (length < min) return walk.refuse(`expected a text of at least ${min} characters`);
      if (length > max) return walk.refuse(`expected a text of at most ${max} characters`);
    }
    return !pattern || pattern.test(value) || walk.refuse(`expected a text like ${limits.pattern}`);
  };
}

const HEX = '[0-9a-f]';
const UUID_GROUPS = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const UUID_TEXT = new RegExp(
  `^(?:${HEX}{32}|${UUID_GROUPS}|\\{${UUID_GROUPS}\\}|urn:uuid:${UUID_GROUPS})$`,
  'i',
);

/** A UUID in one of the forms that pydantic takes: plain, dashed, in braces, or as a URN. */
export const checkUuid: Check = (value, walk) =>
  toUuid(value) !== undefined || walk.refuse(`expected a UUID, found ${nameOfType(value)}`);

/** The 32 hex digits of a UUID that pydantic takes; undefined if it refuses the value. */
export function toUuid(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string' || !UUID_TEXT.test(value)) return undefined;
  if (/^urn/i.test(value) && !value.startsWith('urn:uuid:')) return undefined;
  return value
    .replace(/^urn:uuid:/, '')
    .replaceAll(/[-{}]/g, '')
    .toLowerCase();
}

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T _](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,})?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/i;
/** 9999-12-31 in ms. Numbers beyond 2e10 are read as ms, smaller ones as s. */
const MAX_UNIX_MS = 253_402_300_799_999;
const MAX_UNIX_S = 2e10;

/** A date with or without time, or a Unix time as a number or as text. */
export const checkDateTime: Check = (value, walk) => {
  const refuse = () => walk.refuse('expected a date and time');
  if (typeof value === 'number') return isUnixTime(value) || refuse();
  if (typeof value !== 'string') return refuse();
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return isUnixTime(Number(value)) || refuse();
  const parts = DATE_TIME.exec(value);
  if (!parts) return refuse();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const [offsetHour, offsetMinute] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
  const isDate = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = hour < 24 && minute < 60 && second < 60 && offsetHour < 24 && offsetMinute < 60;
  return (isDate && isTime) || refuse();
};

function isUnixTime(number: number): boolean {
  const ms = Math.abs(number) > MAX_UNIX_S ? number : number * 1000;
  return Number.isFinite(ms) && Math.abs(ms) <= MAX_UNIX_MS;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year % 400 === 0 ? 2000 : 2000 + (year % 400), month, 0)).getUTCDate();
}

/** One of the given values. Python takes equal values of other types: `1.0` and `true` for 1. */
export function literalCheck(values: readonly (string | number | boolean | null)[]): Check {
  const known = new Set<JsonValue>(values);
  const message = `expected one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  const hasNumbers = values.some(
    (value) => typeof value === 'number' || typeof value === 'boolean',
  );
  return (value: JsonValue, walk: Walk) => {
    if (known.has(value)) return true;
    if (hasNumbers && typeof value === 'boolean' && known.has(Number(value))) return true;
    return walk.refuse(message);
  };
}

/** A number as a message names it. Its digits are lost if it is too large for a double, as Infinity itself is. */
function nameOfNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : 'a number that is too large';
}
