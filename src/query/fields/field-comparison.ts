import { StoredFile } from '../../text/inline-data.ts';
import { isStored, own, type ReadableValue } from '../../text/json-value.ts';
import type { ReadableEvent } from '../../text/readable-event.ts';
import { readableQuery } from '../../text/readable-text.ts';
import { makePattern, type RegexPattern, rangesIn, testPattern } from '../../text/regex/pattern.ts';
import { compareDecimals, isDecimal, StoredNumber } from '../../text/stored-number.ts';
import { joinKeys } from '../../text/visible-text.ts';
import type { FieldMatches } from '../text-search/field-matches.ts';

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

/** The path of the field that `<path><op><value>` compares; undefined if the text is not a comparison. */
export function comparedPath(text: string): string | undefined {
  return COMPARISON.exec(text)?.[1]?.trim();
}

/** Whether an event has a field, even if it is null. @param path keys, and numbers of elements */
export function hasField(path: readonly string[], event: ReadableEvent): boolean {
  return valuesAt(event, path).length > 0;
}

/** Whether a comparison holds for an event. A field that is missing or null never compares; for a list, one element is enough. */
export function comparisonHolds(where: FieldComparison, event: ReadableEvent): boolean {
  return valuesAt(event, where.path).some(({ value }) => compares(where, value));
}

/** Where the pattern of a comparison matches in the texts that it compares; nowhere without a pattern. @throws UndecidedMatch */
export function comparisonMatches(where: FieldComparison, event: ReadableEvent): FieldMatches[] {
  const { path, pattern } = where;
  if (!pattern) return [];
  return valuesAt(event, path).flatMap(({ value, keys }) => {
    if (typeof value !== 'string') return [];
    const [ranges = []] = rangesIn(pattern, [value]);
    const names = keys.filter((key) => typeof key === 'string');
    const field = { path: joinKeys(keys), fieldName: joinKeys(names) };
    return ranges.length > 0 ? [{ field, text: value, ranges }] : [];
  });
}

/** A value of an event, with the keys and the numbers of elements that lead to it. */
interface Found {
  readonly value: ReadableValue;
  readonly keys: readonly (string | number)[];
}

function valuesAt(
  value: ReadableValue,
  path: readonly string[],
  keys: Found['keys'] = [],
): Found[] {
  const [key, ...rest] = path;
  const elements = Array.isArray(value)
    ? value.map((element, at) => ({ value: element, keys: [...keys, at] }))
    : [];
  if (key === undefined) return [{ value, keys }, ...elements];
  const isElement = /^\d+$/.test(key);
  if (Array.isArray(value) && !isElement) {
    // Not into lists of lists: they hold no fields, and their nesting is hostile.
    return elements
      .filter((element) => !Array.isArray(element.value))
      .flatMap((element) => valuesAt(element.value, path, element.keys));
  }
  const member = own(value, key);
  const step = Array.isArray(value) ? Number(key) : key;
  return member === undefined ? [] : valuesAt(member, rest, [...keys, step]);
}

function compares({ op, value: wanted, pattern }: FieldComparison, value: ReadableValue): boolean {
  if (value === null) return false;
  if (op === ':') return true;
  if (typeof value === 'object' && !isStored(value)) return false;
  const text = value instanceof StoredFile ? value.file.url : String(value);
  if (pattern) return testPattern(pattern, [text]);
  if (typeof value === 'number' || value instanceof StoredNumber) {
    // A number never equals a text.
    return isDecimal(wanted) ? isOrdered(op, compareDecimals(text, wanted)) : op === '!=';
  }
  const query = readableQuery(wanted);
  return isOrdered(op, text === query ? 0 : text < query ? -1 : 1);
}

/** @param order below 0 if the field is smaller than the value, above 0 if it is larger, 0 if they are equal */
function isOrdered(op: FieldComparison['op'], order: number): boolean {
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}
