import { diagnose } from '../../text/json-scanner.ts';
import { type FieldLocation, isSchemaField } from '../classification/event-fields.ts';
import { markerOf } from '../marker.ts';
import type { FindSecrets, SecretRange } from '../search/secret-range.ts';
import {
  enterContainer,
  locationIn,
  recordString,
  type TrackedContainer,
} from './field-tracking.ts';
import { replaceRanges } from './replace-ranges.ts';

/** A string of a JSON text. `start` and `end` are UTF-16 offsets in the text and include the quotes. */
type JsonString = JsonKey | JsonStringValue;

interface JsonKey {
  readonly kind: 'key';
  readonly start: number;
  readonly end: number;
  /** What to replace, as ranges of the decoded string. */
  readonly secrets: readonly SecretRange[];
}

interface JsonStringValue {
  readonly kind: 'value';
  readonly start: number;
  readonly end: number;
  /** The decoded string. */
  readonly value: string;
  readonly location: FieldLocation;
}

/**
 * A JSON text in which everything that `find` finds in its strings is replaced; every other
 * character stays. Undefined for a text that is not valid JSON.
 */
export function replaceInJson(text: string, find: FindSecrets): string | undefined {
  if (diagnose(text) !== undefined) return undefined;
  let copiedTo = 0;
  const parts: string[] = [];
  for (const string of stringsOf(text, find)) {
    for (const { start, end, rule } of rangesInText(text, string, secretsOf(string, find))) {
      parts.push(text.slice(copiedTo, start), markerOf(rule));
      copiedTo = end;
    }
  }
  return copiedTo === 0 ? text : parts.join('') + text.slice(copiedTo);
}

function secretsOf(string: JsonString, find: FindSecrets): readonly SecretRange[] {
  if (string.kind === 'key') return string.secrets;
  return isSchemaField(string.location) ? [] : find(string.value, string.location);
}

/**
 * The strings of a valid JSON text in order. All are collected before any value is classified,
 * because the member that names a value may follow it. Keys are searched at once: the redacted key
 * decides about the value.
 */
function stringsOf(text: string, find: FindSecrets): JsonString[] {
  const strings: JsonString[] = [];
  const outermost = enterContainer(true);
  let container = outermost;
  let key: string | undefined;
  let isKeyNext = false;
  const enclosing: TrackedContainer[] = [];
  // Matches a structural character, the quote that opens a string, and the first character of a
  // number or a literal. No later character of these is a structural one.
  const structure = /["{}[\],]|[-\dtfn]/g;
  for (let match = structure.exec(text); match; match = structure.exec(text)) {
    const start = match.index;
    switch (match[0]) {
      case '{':
      case '[': {
        const isList = match[0] === '[';
        const parent = container === outermost ? undefined : container;
        container.previousString = undefined;
        enclosing.push(container);
        container = enterContainer(isList, parent?.isList ? undefined : key, parent);
        isKeyNext = !isList;
        break;
      }
      case '}':
      case ']':
        container = enclosing.pop() ?? outermost;
        isKeyNext = false;
        break;
      case ',':
        isKeyNext = !container.isList;
        if (container.isList) container.elements++;
        break;
      case '"': {
        const end = endOfString(text, start);
        structure.lastIndex = end;
        const value = JSON.parse(text.slice(start, end)) as string;
        if (isKeyNext) {
          const secrets = find(value);
          key = replaceRanges(value, secrets);
          strings.push({ kind: 'key', start, end, secrets });
        } else {
          const location = locationIn(container, container.isList ? undefined : key);
          strings.push({ kind: 'value', start, end, value, location });
          recordString(container, location.key, value);
        }
        isKeyNext = false;
        break;
      }
      default:
        container.previousString = undefined;
    }
  }
  return strings;
}

/** The offset after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Ranges of a decoded string as ranges of the JSON text, where an escape is 2 or 6 characters long. */
function rangesInText(
  text: string,
  { start, end }: JsonString,
  ranges: readonly SecretRange[],
): SecretRange[] {
  if (ranges.length === 0) return [];
  const firstAt = start + 1;
  if (!text.slice(start, end).includes('\\')) {
    return ranges.map((range) => ({
      ...range,
      start: range.start + firstAt,
      end: range.end + firstAt,
    }));
  }
  let at = firstAt;
  let decodedAt = 0;
  const advanceTo = (target: number) => {
    for (; decodedAt < target; decodedAt++) at += encodedLength(text, at);
    return at;
  };
  return ranges.map((range) => ({
    ...range,
    start: advanceTo(range.start),
    end: advanceTo(range.end),
  }));
}

/** How many characters of the JSON text encode the UTF-16 code unit at `at`: `a`, `\n`, `\u00e9`. */
function encodedLength(text: string, at: number): number {
  if (text[at] !== '\\') return 1;
  return text[at + 1] === 'u' ? 6 : 2;
}
