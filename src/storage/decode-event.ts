import { isAscii, isUtf8 } from 'node:buffer';
import { makeEntry } from '../domain/entry.ts';
import type { Fault, JsonObject, JsonValue, ReadOutcome } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import { diagnose } from '../text/json-scanner.ts';

const MESSAGES = {
  'truncated-json': 'the text ends in the middle of a value',
  'invalid-json': 'not valid JSON',
  'trailing-bytes': 'something follows the event',
} as const;

/** Bytes of an event file → its event, or what is wrong with them. `bytes` is not kept. */
export function decodeEvent(slot: Slot, bytes: Buffer): ReadOutcome {
  const size = bytes.length;
  const fault = (code: Fault['code'], message: string, at?: TextPosition): Fault => ({
    slot,
    code,
    message,
    bytes: size,
    ...at,
  });
  if (size === 0) return fault('empty-file', 'the file is empty');
  // Nearly all events are ASCII: as text of a byte a character they are made and parsed faster.
  const ascii = isAscii(bytes);
  const valid = ascii || isUtf8(bytes) ? size : validPrefix(bytes);
  if (valid < size) {
    const position = placeOf(bytes.toString('utf8', 0, valid), valid);
    // A writer that is cut off within a character is cut off, not wrong.
    return size - valid < 4 && isCutCharacter(bytes.subarray(valid))
      ? fault('truncated-json', MESSAGES['truncated-json'], position)
      : fault('invalid-utf8', 'not valid UTF-8', position);
  }
  // TextDecoder would drop a byte order mark, which the SDK refuses; this keeps it.
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    const found = diagnose(text);
    if (!found) return fault('invalid-json', (error as Error).message);
    const before = text.slice(0, found.at);
    return fault(found.code, MESSAGES[found.code], placeOf(before, Buffer.byteLength(before)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fault('not-an-object', `a JSON ${typeName(value)}, not an object`, placeOf('', 0));
  }
  const event = value as JsonObject;
  return { slot, text, value: event, entry: makeEntry(slot, event), bytes: size };
}

type TextPosition = { offset: number; line: number; column: number };

function placeOf(before: string, offset: number): TextPosition {
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  let column = 1;
  for (let at = lineStart; at < before.length; at++) {
    // Of a pair of surrogates the second half counts for nothing.
    if ((before.charCodeAt(at) & 0xfc00) !== 0xdc00) column++;
  }
  return { offset, line, column };
}

function typeName(value: JsonValue): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

/** Length of the longest prefix that is valid UTF-8, by halving: validity is lost once and for good. */
function validPrefix(bytes: Buffer): number {
  const holds = (length: number) => {
    // Step back over a character that the cut itself splits.
    for (let back = 0; back < 4 && back <= length; back++) {
      if (isUtf8(bytes.subarray(0, length - back))) {
        return back === 0 || isCutCharacter(bytes.subarray(length - back, length));
      }
    }
    return false;
  };
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  while (!isUtf8(bytes.subarray(0, low))) low--;
  return low;
}

/** Whether the bytes begin one UTF-8 character and stop short of its end. */
function isCutCharacter(bytes: Buffer): boolean {
  const [first = 0, second] = bytes;
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (first > 0xf4 || bytes.length >= length) return false;
  if (second !== undefined) {
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return false;
  }
  return bytes.subarray(2).every((byte) => (byte & 0xc0) === 0x80);
}
