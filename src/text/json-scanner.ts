/*
 * A JSON scanner that reports positions in the text. Events are parsed by `JSON.parse`. The scanner is for the two
 * things that `JSON.parse` can't do:
 *
 * - It finds the position where an invalid text goes wrong, and whether the text was cut off there (`diagnose`).
 * - It finds where a value begins and ends, so that output can copy the value's exact characters (`members`,
 *   `oneLine`). Parsing and writing the value again could change its numbers, its keys or their order.
 *
 * Each function that scans takes the position where something begins, and returns the position after its end. There
 * is no recursion, because a hostile text can be nested so deep that recursion would overflow the stack.
 *
 * All positions are in UTF-16 units, from 0.
 */

type ScanResult =
  /** `end` is the position after what was scanned. */
  | { readonly kind: 'valid'; readonly end: number }
  /** `at` is the first character that is not allowed. */
  | { readonly kind: 'invalid'; readonly at: number }
  /** The text is valid as far as it goes, but ends too early. */
  | { readonly kind: 'truncated'; readonly at: number };

// Sticky expressions: they match only at `lastIndex`.

/** The grammar of a number, as the source of a regular expression. */
export const NUMBER_SOURCE = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const NUMBER = new RegExp(NUMBER_SOURCE, 'y');
/** The beginning of a number, at the end of the text. */
const NUMBER_PREFIX = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?)?)?$/y;
const SPACE = /[ \t\n\r]*/y;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE_CODE = 0x20;

/** The position of the first character that is not white space. */
function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

const valid = (end: number): ScanResult => ({ kind: 'valid', end });
const invalid = (at: number): ScanResult => ({ kind: 'invalid', at });
const truncated = (text: string): ScanResult => ({ kind: 'truncated', at: text.length });

/** Scans a string. @param start position of its opening quote */
function scanString(text: string, start: number): ScanResult {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return valid(at + 1);
    if (code < SPACE_CODE) return invalid(at); // a control character, which must be escaped
    if (code !== BACKSLASH) continue;
    const escaped = text[++at];
    if (escaped === undefined) return truncated(text);
    if (escaped === 'u') {
      for (let digit = 1; digit <= 4; digit++) {
        const hex = text[at + digit];
        if (hex === undefined) return truncated(text);
        if (!/[0-9a-fA-F]/.test(hex)) return invalid(at + digit);
      }
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) return invalid(at);
  }
  return truncated(text);
}

/** Scans a string, a number, `true`, `false` or `null`. */
function scanScalar(text: string, at: number): ScanResult {
  if (text[at] === '"') return scanString(text, at);
  for (const word of ['true', 'false', 'null']) {
    if (text.startsWith(word, at)) return valid(at + word.length);
    if (at < text.length && word.startsWith(text.slice(at))) return truncated(text);
  }
  NUMBER_PREFIX.lastIndex = at;
  NUMBER.lastIndex = at;
  const isNumber = NUMBER.test(text);
  const end = NUMBER.lastIndex;
  // `12.` at the end of the text contains the number `12`, but is really the beginning of a longer one.
  const isPrefix = end < text.length && NUMBER_PREFIX.test(text);
  if (isNumber && !isPrefix) return valid(end);
  NUMBER_PREFIX.lastIndex = at;
  return at < text.length && NUMBER_PREFIX.test(text) ? truncated(text) : invalid(at);
}

/** Scans one JSON value. White space is allowed before it. */
function scanValue(text: string, start: number): ScanResult {
  /** The brackets that close the open objects and arrays, from the outermost to the innermost. */
  const closers: string[] = [];
  let at = start;
  for (;;) {
    // A value must begin here.
    at = skipSpace(text, at);
    const open = text[at];
    if (open === undefined) return truncated(text);
    if (open === '{' || open === '[') {
      const closer = open === '{' ? '}' : ']';
      at = skipSpace(text, at + 1);
      if (text[at] !== closer) {
        closers.push(closer);
        if (closer === '}') {
          const key = scanKey(text, at);
          if (key.kind !== 'valid') return key;
          at = key.end;
        }
        continue; // with the first value inside
      }
      at++;
    } else {
      const scalar = scanScalar(text, at);
      if (scalar.kind !== 'valid') return scalar;
      at = scalar.end;
    }
    // A value has ended. Close all objects and arrays that end with it, until a comma announces another value.
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return valid(at);
      at = skipSpace(text, at);
      if (text[at] === undefined) return truncated(text);
      if (text[at] === ',') {
        at++;
        if (closer === '}') {
          const key = scanKey(text, skipSpace(text, at));
          if (key.kind !== 'valid') return key;
          at = key.end;
        }
        break;
      }
      if (text[at] !== closer) return invalid(at);
      closers.pop();
      at++;
    }
  }
}

/** Scans a key and its colon. @param at position of the key's opening quote */
function scanKey(text: string, at: number): ScanResult {
  if (at >= text.length) return truncated(text);
  if (text[at] !== '"') return invalid(at);
  const key = scanString(text, at);
  if (key.kind !== 'valid') return key;
  const colon = skipSpace(text, key.end);
  if (colon >= text.length) return truncated(text);
  return text[colon] === ':' ? valid(colon + 1) : invalid(colon);
}

/** The position after a string of valid JSON. @param start position of its opening quote */
export function endOfString(json: string, start: number): number {
  const string = scanString(json, start);
  return string.kind === 'valid' ? string.end : json.length;
}

export interface JsonFault {
  readonly code: 'truncated-json' | 'invalid-json' | 'trailing-bytes';
  /** Where the text goes wrong, in UTF-16 units from 0. */
  readonly at: number;
}

/** Finds what is wrong with a text that `JSON.parse` refused; undefined for valid JSON. */
export function diagnose(text: string): JsonFault | undefined {
  const result = scanValue(text, 0);
  if (result.kind === 'truncated') return { code: 'truncated-json', at: result.at };
  if (result.kind === 'invalid') return { code: 'invalid-json', at: result.at };
  const rest = skipSpace(text, result.end);
  return rest < text.length ? { code: 'trailing-bytes', at: rest } : undefined;
}

/** A JSON text on one line. A text of several lines loses all white space between its tokens. */
export function oneLine(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  const trimmed = text.slice(0, end);
  return /[\r\n]/.test(trimmed) ? compact(trimmed) : trimmed;
}

/** A JSON text without the white space between its tokens. */
function compact(text: string): string {
  const parts: string[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    let end = at;
    while (end < text.length && !' \t\n\r'.includes(text[end] as string)) {
      if (text[end] === '"') {
        const string = scanString(text, end);
        if (string.kind !== 'valid') break;
        end = string.end;
      } else end++;
    }
    parts.push(text.slice(at, end));
    at = skipSpace(text, end);
  }
  return parts.join('');
}

/** A member of an object, or an element of an array. */
export interface Member {
  /** The key, or the position in the array as a decimal number. */
  readonly key: string;
  /** The exact text of the value. */
  readonly raw: string;
}

/**
 * The members of an object or the elements of an array, in order.
 *
 * @param text valid JSON
 * @returns an empty list for any other value
 */
export function members(text: string): Member[] {
  const found: Member[] = [];
  let at = skipSpace(text, 0);
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return found;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    let key = String(found.length);
    if (isObject) {
      const name = scanString(text, at);
      const colon = scanKey(text, at);
      if (name.kind !== 'valid' || colon.kind !== 'valid') return found;
      key = JSON.parse(text.slice(at, name.end)) as string;
      at = colon.end;
    }
    const start = skipSpace(text, at);
    const value = scanValue(text, start);
    if (value.kind !== 'valid') return found;
    found.push({ key, raw: text.slice(start, value.end) });
    at = skipSpace(text, value.end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}
