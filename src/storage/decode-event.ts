import { isAscii, isUtf8 } from 'node:buffer';
import { makeEntry } from '../domain/entry.ts';
import type { Fault, ReadOutcome } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import { heapCostOf, MAX_COST_PER_BYTE } from '../text/json-cost.ts';
import {
  causeOfBytes,
  causeOfText,
  causeOfTrailing,
  parseWithoutFinite,
} from '../text/json-fault-cause.ts';
import { diagnose } from '../text/json-scanner.ts';
import type { JsonObject, JsonValue } from '../text/json-value.ts';
import { DEFAULT_LIMITS, limitText, type ReadLimits } from './read-limits.ts';

const MESSAGES = {
  'truncated-json': 'the text ends in the middle of a value',
  'invalid-json': 'not valid JSON',
  'trailing-bytes': 'something follows the event',
} as const;

/**
 * Parses the bytes of an event file. `bytes` is not kept.
 *
 * @param limits bounds the memory that the parsed event takes
 * @returns the event, or what is wrong with the bytes
 */
export function decodeEvent(
  slot: Slot,
  bytes: Buffer,
  { maxHeapBytes }: Pick<ReadLimits, 'maxHeapBytes'> = DEFAULT_LIMITS,
): ReadOutcome {
  const size = bytes.length;
  const fault = (code: Fault['code'], message: string, at?: Partial<Fault>): Fault => ({
    kind: 'fault',
    slot,
    code,
    message,
    bytes: size,
    ...at,
  });
  if (size === 0) return fault('empty-file', 'the file is empty');
  // Nearly all events are ASCII. As Latin-1 text, with one byte per character, they are decoded and parsed faster.
  const ascii = isAscii(bytes);
  const valid = ascii || isUtf8(bytes) ? size : validPrefix(bytes);
  if (valid < size) {
    const position = placeOf(bytes.toString('utf8', 0, valid), valid);
    // A file that ends within a character was cut off: that is not an encoding error.
    return size - valid < 4 && isCutCharacter(bytes.subarray(valid))
      ? fault('truncated-json', MESSAGES['truncated-json'], position)
      : fault('invalid-utf8', causeOfBytes(bytes) ?? 'not valid UTF-8', position);
  }
  if (size > maxHeapBytes / MAX_COST_PER_BYTE && heapCostOf(bytes, maxHeapBytes) > maxHeapBytes) {
    const limit = limitText(maxHeapBytes);
    return fault('too-complex', `would take over ${limit} of memory once parsed, not parsed`);
  }
  // This keeps a byte order mark, which the SDK refuses. TextDecoder would drop it.
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    const found = diagnose(text);
    if (!found) return fault('invalid-json', (error as Error).message);
    const before = text.slice(0, found.at);
    const place = placeOf(before, Buffer.byteLength(before));
    const python = parseWithoutFinite(text);
    return fault(found.code, messageOf(found, text, bytes), {
      ...place,
      ...(isObject(python) && { python }),
    });
  }
  if (!isObject(value)) {
    return fault('not-an-object', `a JSON ${typeName(value)}, not an object`, placeOf('', 0));
  }
  return { kind: 'event', slot, text, value, entry: makeEntry(slot, value), bytes: size };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The message for a text that is not JSON, with the cause where the text shows it. */
function messageOf(
  { code, at }: { code: keyof typeof MESSAGES; at: number },
  text: string,
  bytes: Buffer,
): string {
  if (code === 'truncated-json') return MESSAGES[code];
  if (code === 'trailing-bytes') return causeOfTrailing(text, at) ?? MESSAGES[code];
  const cause = causeOfBytes(bytes) ?? causeOfText(text, at);
  return cause === undefined ? MESSAGES[code] : `${MESSAGES[code]}: ${cause}`;
}

type TextPosition = { offset: number; line: number; column: number };

function placeOf(before: string, offset: number): TextPosition {
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  let column = 1;
  for (let at = lineStart; at < before.length; at++) {
    // The second half of a surrogate pair does not count.
    if ((before.charCodeAt(at) & 0xfc00) !== 0xdc00) column++;
  }
  return { offset, line, column };
}

function typeName(value: JsonValue): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

/** Length of the longest prefix that is valid UTF-8. Longer prefixes are all invalid, so that halving finds it. */
function validPrefix(bytes: Buffer): number {
  const holds = (length: number) => {
    // Step back over a character that the cut splits.
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
