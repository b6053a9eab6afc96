/**
 * A JSON scanner that knows where things stand in the text. `JSON.parse` is what reads events; this
 * is for what it cannot tell: where a broken text goes wrong, and the exact characters of a value,
 * so that output changes no number, key or order. No recursion: nesting is hostile.
 */

type ScanResult = { ok: true; end: number } | { ok: false; at: number; truncated: boolean };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NUMBER_PREFIX = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?)?)?$/y;
const SPACE = /[ \t\n\r]*/y;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

const bad = (at: number): ScanResult => ({ ok: false, at, truncated: false });
const cut = (text: string): ScanResult => ({ ok: false, at: text.length, truncated: true });

function scanString(text: string, start: number): ScanResult {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { ok: true, end: at + 1 };
    if (code < 0x20) return bad(at);
    if (code !== 0x5c) continue;
    const escaped = text[++at];
    if (escaped === undefined) return cut(text);
    if (escaped === 'u') {
      for (let digit = 1; digit <= 4; digit++) {
        const hex = text[at + digit];
        if (hex === undefined) return cut(text);
        if (!/[0-9a-fA-F]/.test(hex)) return bad(at + digit);
      }
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) return bad(at);
  }
  return cut(text);
}

function scanScalar(text: string, at: number): ScanResult {
  if (text[at] === '"') return scanString(text, at);
  for (const word of ['true', 'false', 'null']) {
    if (text.startsWith(word, at)) return { ok: true, end: at + word.length };
    if (at < text.length && word.startsWith(text.slice(at))) return cut(text);
  }
  NUMBER_PREFIX.lastIndex = at;
  NUMBER.lastIndex = at;
  const whole = NUMBER.test(text);
  const end = NUMBER.lastIndex;
  if (whole && !(end < text.length && NUMBER_PREFIX.test(text))) return { ok: true, end };
  NUMBER_PREFIX.lastIndex = at;
  return at < text.length && NUMBER_PREFIX.test(text) ? cut(text) : bad(at);
}

/** Scans one JSON value that begins at `start`, white space before it allowed. */
function scanValue(text: string, start: number): ScanResult {
  const closers: string[] = [];
  let at = start;
  for (;;) {
    // A value is due here.
    at = skipSpace(text, at);
    const open = text[at];
    if (open === undefined) return cut(text);
    if (open === '{' || open === '[') {
      const closer = open === '{' ? '}' : ']';
      at = skipSpace(text, at + 1);
      if (text[at] !== closer) {
        closers.push(closer);
        if (closer === '}') {
          const key = scanKey(text, at);
          if (!key.ok) return key;
          at = key.end;
        }
        continue;
      }
      at++;
    } else {
      const scalar = scanScalar(text, at);
      if (!scalar.ok) return scalar;
      at = scalar.end;
    }
    // A value has ended: close what ends with it, up to the next comma.
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return { ok: true, end: at };
      at = skipSpace(text, at);
      if (text[at] === undefined) return cut(text);
      if (text[at] === ',') {
        at++;
        if (closer === '}') {
          const key = scanKey(text, skipSpace(text, at));
          if (!key.ok) return key;
          at = key.end;
        }
        break;
      }
      if (text[at] !== closer) return bad(at);
      closers.pop();
      at++;
    }
  }
}

/** Scans `"key":` and leaves off after the colon. */
function scanKey(text: string, at: number): ScanResult {
  if (at >= text.length) return cut(text);
  if (text[at] !== '"') return bad(at);
  const key = scanString(text, at);
  if (!key.ok) return key;
  const colon = skipSpace(text, key.end);
  if (colon >= text.length) return cut(text);
  return text[colon] === ':' ? { ok: true, end: colon + 1 } : bad(colon);
}

export interface JsonFault {
  readonly code: 'truncated-json' | 'invalid-json' | 'trailing-bytes';
  /** Where it goes wrong, in UTF-16 units from 0. */
  readonly at: number;
}

/** Says what is wrong with a text that `JSON.parse` refused; undefined for a sound one. */
export function diagnose(text: string): JsonFault | undefined {
  const result = scanValue(text, 0);
  if (!result.ok) {
    return { code: result.truncated ? 'truncated-json' : 'invalid-json', at: result.at };
  }
  const rest = skipSpace(text, result.end);
  return rest < text.length ? { code: 'trailing-bytes', at: rest } : undefined;
}

/** The text on one line: as it is if it is one already, else without the space between its tokens. */
export function oneLine(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  const trimmed = text.slice(0, end);
  return /[\r\n]/.test(trimmed) ? compact(trimmed) : trimmed;
}

function compact(text: string): string {
  const parts: string[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    let end = at;
    while (end < text.length && !' \t\n\r'.includes(text[end] as string)) {
      if (text[end] === '"') {
        const string = scanString(text, end);
        if (!string.ok) break;
        end = string.end;
      } else end++;
    }
    parts.push(text.slice(at, end));
    at = skipSpace(text, end);
  }
  return parts.join('');
}

export interface Member {
  readonly key: string;
  readonly raw: string;
}

/** Members of the object or array that a sound text holds, with their exact text. */
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
      if (!name.ok || !colon.ok) return found;
      key = JSON.parse(text.slice(at, name.end)) as string;
      at = colon.end;
    }
    const start = skipSpace(text, at);
    const value = scanValue(text, start);
    if (!value.ok) return found;
    found.push({ key, raw: text.slice(start, value.end) });
    at = skipSpace(text, value.end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}
