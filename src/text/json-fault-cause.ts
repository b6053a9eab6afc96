import type { JsonValue } from './json-value.ts';

/*
 * Why a file is not the JSON that it should be, where the first wrong character shows it. A general message such as
 * "not valid JSON" is left for the rest.
 */

const BYTE_ORDER_MARKS: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  // The longer ones first: UTF-32 begins like UTF-16.
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];

const OTHER_FORMATS: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['SQLite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
];

/** What the first bytes of a file that is not UTF-8, or not JSON, show it to be. */
export function causeOfBytes(bytes: Uint8Array): string | undefined {
  const startsWith = ([, start]: readonly [string, readonly number[]]) =>
    start.every((byte, at) => bytes[at] === byte);
  const mark = BYTE_ORDER_MARKS.find(startsWith);
  if (mark) return `${mark[0]} text with a byte order mark, not UTF-8`;
  const format = OTHER_FORMATS.find(startsWith);
  if (format) return `${format[0]} data, not JSON`;
  if (bytes.length > 0 && bytes.every((byte) => byte === 0)) {
    return 'nothing but zero bytes: the disk lost the content';
  }
  return undefined;
}

const BYTE_ORDER_MARK = '\ufeff';
/** Characters of the text before and after a fault that are looked at. */
const MAX_CONTEXT_CHARS = 200;

/** What the text around the first wrong character shows. @param at its position */
export function causeOfText(text: string, at: number): string | undefined {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    return text.startsWith(`${BYTE_ORDER_MARK}${BYTE_ORDER_MARK}`)
      ? 'the text begins with two byte order marks'
      : 'the text begins with a byte order mark';
  }
  const whole = WHOLE_TEXT.find(([, pattern]) => pattern.test(text.slice(0, MAX_CONTEXT_CHARS)));
  if (whole) return whole[0];
  const before = text.slice(Math.max(0, at - MAX_CONTEXT_CHARS), at);
  const after = text.slice(at, at + MAX_CONTEXT_CHARS);
  return AT_FAULT.find(
    ({ after: next, before: previous }) => next.test(after) && (previous?.test(before) ?? true),
  )?.cause;
}

/** Other texts that stand in place of the JSON. */
const WHOLE_TEXT: readonly (readonly [cause: string, pattern: RegExp])[] = [
  ['a Git LFS pointer in place of the file', /^version https:\/\/git-lfs/],
  ['a git-annex pointer in place of the file', /^(?:\.\.\/)*(?:\.git)?\/annex\/objects\//],
  ['an HTML page, not JSON', /^\s*<(?:!doctype html|html|head|body)\b/i],
  ['XML, not JSON', /^\s*<[?!a-z]/i],
  ['conflict markers of a Git merge', /^<{7} /],
  ['YAML, not JSON', /^(?:---\s|[a-z_]+: )/],
];

/** What the text is like where it goes wrong. */
const AT_FAULT: readonly { cause: string; after: RegExp; before?: RegExp }[] = [
  { cause: 'zero bytes: the disk lost this part', after: /^\0/ },
  { cause: 'NaN, which JSON does not have', after: /^(?:-?NaN)\b/ },
  { cause: 'Infinity, which JSON does not have', after: /^(?:-?Infinity)\b/ },
  { cause: 'Infinity, which JSON does not have', after: /^Infinity\b/, before: /-$/ },
  { cause: 'a value as Python prints it', after: /^(?:True|False|None)\b/ },
  { cause: 'text in single quotes, as Python prints it', after: /^'/ },
  { cause: 'undefined, which JSON does not have', after: /^undefined\b/ },
  { cause: 'a comment, which JSON does not have', after: /^(?:\/\/|\/\*|#)/ },
  { cause: 'conflict markers of a Git merge', after: /^(?:<{7}|={7}|>{7})/ },
  { cause: 'a comma with nothing after it', after: /^[}\]]/, before: /,\s*$/ },
  { cause: 'a line end within a text, which must be escaped', after: /^[\n\r]/ },
  { cause: 'a tab within a text, which must be escaped', after: /^\t/ },
  { cause: 'a control character within a text, which must be escaped', after: /^\p{Cc}/u },
  { cause: 'an escape that JSON does not have', after: /^[^"\\/bfnrtu]/, before: /\\$/ },
  { cause: 'a number with a leading zero', after: /^\d/, before: /[[:,\s]-?0$/ },
  { cause: 'a number with a plus sign', after: /^\+\d/ },
  { cause: 'a number without digits before its point', after: /^\.\d/ },
  { cause: 'a key without quotes', after: /^[a-z_$][\w$]*\s*:/i, before: /[{,]\s*$/ },
  { cause: 'a missing comma', after: /^["{[\d]/, before: /["}\]\d]\s*$/ },
];

/** What follows the event in its file. @param at position of the first character after the event */
export function causeOfTrailing(text: string, at: number): string | undefined {
  const rest = text.slice(at).trimStart();
  if (/^\0+\s*$/.test(rest)) return 'zero bytes follow the event';
  if (rest.startsWith('{')) return 'another JSON object follows the event';
  if (/^[}\]]/.test(rest)) return 'a bracket too many follows the event';
  return undefined;
}

/**
 * The value that Python's JSON parser, and that of the SDK, make of a text with NaN or Infinity, which JSON does not have.
 * NaN becomes Infinity here, which is a number too.
 *
 * @returns undefined if the text has neither, or is wrong in another way
 */
export function parseWithoutFinite(text: string): JsonValue | undefined {
  if (!/NaN|Infinity/.test(text)) return undefined;
  // Texts in quotes are matched first, and stay as they are.
  const finite = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (match) => {
    if (match.startsWith('"')) return match;
    return match.startsWith('-') ? '-1e999' : '1e999';
  });
  try {
    return JSON.parse(finite) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
