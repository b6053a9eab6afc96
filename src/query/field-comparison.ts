import { type JsonObject, type JsonValue, own } from '../text/json-value.ts';
import { makePattern, type RegexPattern, testPattern } from '../text/regex-pattern.ts';

/** A comparison of one field: `observation.exit_code!=0`. */
export interface FieldComparison {
  readonly path: readonly string[];
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | ':';
  readonly value: string;
  readonly pattern?: RegexPattern;
}

/** Keys in a path: no real event nests deeper. */
const MAX_PATH_KEYS = 100;
const COMPARISON = /^([^=!<>~:]+)(!=|<=|>=|[=<>~:])(.*)$/s;

/** Reads `<path><op><value>`; undefined if the text is not a comparison. @throws SyntaxError for an invalid regular expression */
export function parseComparison(
  text: string,
  caseSensitive: boolean,
  timeoutMs?: number,
): FieldComparison | undefined {
  const match = COMPARISON.exec(text);
  if (!match) return undefined;
  const [, path = '', op = '', value = ''] = match;
  if (op === ':' && value !== '') return undefined;
  const keys = path.trim().split('.');
  if (keys.includes('') || keys.length > MAX_PATH_KEYS) return undefined;
  const where = { path: keys, op: op as FieldComparison['op'], value };
  return op === '~' ? { ...where, pattern: makePattern(value, caseSensitive, timeoutMs) } : where;
}

/** Whether a comparison holds for an event. A field that is missing or null never compares; for a list, one element is enough. */
export function comparisonHolds(where: FieldComparison, event: JsonObject): boolean {
  return valuesAt(event, where.path).some((value) => compares(where, value));
}

function valuesAt(value: JsonValue, path: readonly string[]): JsonValue[] {
  const [key, ...rest] = path;
  if (key === undefined) return Array.isArray(value) ? [value, ...value] : [value];
  if (Array.isArray(value) && !/^\d+$/.test(key)) {
    // Not into lists of lists: they hold no fields, and their nesting is hostile.
    return value.filter((element) => !Array.isArray(element)).flatMap((v) => valuesAt(v, path));
  }
  const member = own(value, key);
  return member === undefined ? [] : valuesAt(member, rest);
}

function compares({ op, value: wanted, pattern }: FieldComparison, value: JsonValue): boolean {
  if (value === null) return false;
  if (op === ':') return true;
  if (typeof value === 'object') return false;
  if (pattern) return testPattern(pattern, [String(value)]);
  if (op === '=' || op === '!=') {
    const isSame =
      typeof value === 'number' ? value === asNumber(wanted) : String(value) === wanted;
    return isSame === (op === '=');
  }
  const number = asNumber(wanted);
  const [a, b] = typeof value === 'number' ? [value, number] : [String(value), wanted];
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  if (op === '>') return a > b;
  return a >= b;
}

function asNumber(text: string): number {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
