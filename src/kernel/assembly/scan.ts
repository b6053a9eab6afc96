// Compiled to WebAssembly by the build: see .build/imports.js. This is AssemblyScript, a strict subset of TypeScript.

/*
 * Validates the JSON text of one event, and finds the few fields that an entry is made of. It never guesses: whatever is
 * unusual is UNSURE, and the caller parses the text in the usual way.
 */

/** What `scan` returns. */
const UNSURE: i32 = 0;
const VALID: i32 = 1;

/** Open objects and arrays at once. Deeper texts are UNSURE. */
const MAX_DEPTH: i32 = 256;
/** More digits than any exit code has. */
const MAX_INTEGER_DIGITS: usize = 9;

/** Bytes of text that fit, and after it the space that a read of 16 bytes can reach into. */
const TEXT_BYTES: usize = 1 << 20;
const MARGIN_BYTES: usize = 64;
const text: usize = memory.data(1048576 + 64, 16);
/** 1 for each open object, 0 for each open array. */
const stack: usize = memory.data(256, 16);
/** See the accessors at the end. */
const results: usize = memory.data(64, 16);

/** Places in `results`: where a string begins and ends, in bytes from the beginning of the text. */
const KIND: usize = 0;
const SOURCE: usize = 8;
const TIMESTAMP: usize = 16;
const TOOL_NAME: usize = 24;
const TOOL_KIND: usize = 32;
const STATUS: usize = 40;
/** A set of the flags below. */
const FLAGS: usize = 48;

const SUCCESS_IS_FALSE: i32 = 1;
const IS_ERROR: i32 = 2;
const OBSERVATION_IS_ERROR: i32 = 4;
const OBSERVATION_HAS_ERROR: i32 = 8;
/** The exit code is a number other than 0 and -1. */
const EXIT_CODE_FAILS: i32 = 16;

/** Objects whose members matter. */
const IN_EVENT: i32 = 1;
const IN_OBSERVATION: i32 = 2;
const IN_METADATA: i32 = 3;
const ELSEWHERE: i32 = 0;

/** Members that matter, as bits of `seen`. */
const SEEN_KIND: i32 = 1 << 0;
const SEEN_SOURCE: i32 = 1 << 1;
const SEEN_TIMESTAMP: i32 = 1 << 2;
const SEEN_TOOL_NAME: i32 = 1 << 3;
const SEEN_TOOL_KIND: i32 = 1 << 4;
const SEEN_STATUS: i32 = 1 << 5;
const SEEN_SUCCESS: i32 = 1 << 6;
const SEEN_IS_ERROR: i32 = 1 << 7;
const SEEN_OBSERVATION: i32 = 1 << 8;
const SEEN_OBSERVATION_IS_ERROR: i32 = 1 << 9;
const SEEN_OBSERVATION_ERROR: i32 = 1 << 10;
const SEEN_OBSERVATION_EXIT_CODE: i32 = 1 << 11;
const SEEN_METADATA: i32 = 1 << 12;
const SEEN_METADATA_EXIT_CODE: i32 = 1 << 13;

let at: usize = 0;
let end: usize = 0;
let flags: i32 = 0;
let seen: i32 = 0;
/** What the exit codes are: of the observation, and of its metadata. */
let ownCode: i32 = 0;
let metadataCode: i32 = 0;
let hasOwnCode: bool = false;
let hasMetadataCode: bool = false;
/** The string that was scanned last has an escape, or a character beyond ASCII. */
let isPlain: bool = true;

function isSpace(byte: u32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipSpace(): void {
  while (at < end && isSpace(load<u8>(at))) at++;
}

function isHex(byte: u32): bool {
  return byte - 0x30 <= 9 || (byte | 0x20) - 0x61 <= 5;
}

/** Scans a character beyond ASCII. Source of the ranges: Unicode 15, table 3-7. */
function scanCharacter(first: u32): bool {
  let length: usize = 0;
  let low: u32 = 0x80;
  let high: u32 = 0xbf;
  if (first >= 0xc2 && first <= 0xdf) length = 2;
  else if (first >= 0xe0 && first <= 0xef) {
    length = 3;
    if (first === 0xe0) low = 0xa0;
    if (first === 0xed) high = 0x9f;
  } else if (first >= 0xf0 && first <= 0xf4) {
    length = 4;
    if (first === 0xf0) low = 0x90;
    if (first === 0xf4) high = 0x8f;
  } else return false;
  if (at + length > end) return false;
  const second: u32 = load<u8>(at, 1);
  if (second < low || second > high) return false;
  for (let more: usize = 2; more < length; more++) {
    if ((load<u8>(at + more) & 0xc0) !== 0x80) return false;
  }
  at += length;
  return true;
}

/** Scans a string. `at` is at its opening quote, and afterwards behind its closing one. */
function scanString(): bool {
  at++;
  isPlain = true;
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  while (at < end) {
    // Sixteen bytes at a time, up to one that ends the string or needs a closer look. Bytes beyond ASCII are negative.
    const bytes = v128.load(at);
    const special = v128.or(
      v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)),
      i8x16.lt_s(bytes, space),
    );
    const mask = i8x16.bitmask(special);
    if (mask === 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(mask);
    if (at >= end) return false;
    const byte: u32 = load<u8>(at);
    if (byte === 0x22) {
      at++;
      return true;
    }
    isPlain = false;
    if (byte === 0x5c) {
      if (at + 1 >= end) return false;
      const letter: u32 = load<u8>(at, 1);
      if (letter === 0x75) {
        if (at + 6 > end) return false;
        for (let digit: usize = 2; digit < 6; digit++) {
          if (!isHex(load<u8>(at + digit))) return false;
        }
        at += 6;
      } else if (
        letter === 0x22 ||
        letter === 0x5c ||
        letter === 0x2f ||
        letter === 0x62 ||
        letter === 0x66 ||
        letter === 0x6e ||
        letter === 0x72 ||
        letter === 0x74
      )
        at += 2;
      else return false;
    } else if (byte < 0x20) return false;
    else if (!scanCharacter(byte)) return false;
  }
  return false;
}

/** Scans a number. `at` is at its first character, and afterwards behind its last one. */
function scanNumber(): bool {
  if (load<u8>(at) === 0x2d) at++;
  if (at >= end) return false;
  const first: u32 = load<u8>(at);
  if (first === 0x30) at++;
  else if (!scanDigits()) return false;
  if (at < end && load<u8>(at) === 0x2e) {
    at++;
    if (!scanDigits()) return false;
  }
  if (at < end && (load<u8>(at) | 0x20) === 0x65) {
    at++;
    if (at < end && (load<u8>(at) === 0x2b || load<u8>(at) === 0x2d)) at++;
    if (!scanDigits()) return false;
  }
  return true;
}

/** @returns whether there is a digit */
function scanDigits(): bool {
  const start = at;
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) at++;
  return at > start;
}

/** Scans a word of JSON: its first four letters are given, and a fifth, or 0. */
function scanWord(letters: u32, fifth: u32): bool {
  if (at + 4 > end || load<u32>(at) !== letters) return false;
  at += 4;
  if (fifth === 0) return true;
  if (at >= end || load<u8>(at) !== fifth) return false;
  at++;
  return true;
}

/** Scans a value that is no object or array, and the space behind it. Keeps what it says, if it matters. */
function scanScalar(first: u32): bool {
  const start = at;
  if (!scanToken(first)) return false;
  if (member !== 0 && !keepScalar(member, first, start)) return false;
  skipSpace();
  return true;
}

function scanToken(first: u32): bool {
  if (first === 0x22) return scanString();
  if (first === 0x74) return scanWord(0x65757274, 0); // true
  if (first === 0x66) return scanWord(0x736c6166, 0x65); // false
  if (first === 0x6e) return scanWord(0x6c6c756e, 0); // null
  return scanNumber();
}

/** Whether the text from `start` on is these bytes. The literal has one byte a character. */
function isText(start: usize, length: usize, literal: StaticArray<u8>): bool {
  return (
    length === <usize>literal.length &&
    memory.compare(start, changetype<usize>(literal), length) === 0
  );
}

const KEY_KIND: StaticArray<u8> = [0x6b, 0x69, 0x6e, 0x64];
const KEY_SOURCE: StaticArray<u8> = [0x73, 0x6f, 0x75, 0x72, 0x63, 0x65];
const KEY_TIMESTAMP: StaticArray<u8> = [0x74, 0x69, 0x6d, 0x65, 0x73, 0x74, 0x61, 0x6d, 0x70];
const KEY_TOOL_NAME: StaticArray<u8> = [0x74, 0x6f, 0x6f, 0x6c, 0x5f, 0x6e, 0x61, 0x6d, 0x65];
const KEY_TOOL_KIND: StaticArray<u8> = [0x74, 0x6f, 0x6f, 0x6c, 0x5f, 0x6b, 0x69, 0x6e, 0x64];
const KEY_STATUS: StaticArray<u8> = [0x73, 0x74, 0x61, 0x74, 0x75, 0x73];
const KEY_SUCCESS: StaticArray<u8> = [0x73, 0x75, 0x63, 0x63, 0x65, 0x73, 0x73];
const KEY_IS_ERROR: StaticArray<u8> = [0x69, 0x73, 0x5f, 0x65, 0x72, 0x72, 0x6f, 0x72];
const KEY_OBSERVATION: StaticArray<u8> = [
  0x6f, 0x62, 0x73, 0x65, 0x72, 0x76, 0x61, 0x74, 0x69, 0x6f, 0x6e,
];
const KEY_ERROR: StaticArray<u8> = [0x65, 0x72, 0x72, 0x6f, 0x72];
const KEY_EXIT_CODE: StaticArray<u8> = [0x65, 0x78, 0x69, 0x74, 0x5f, 0x63, 0x6f, 0x64, 0x65];
const KEY_METADATA: StaticArray<u8> = [0x6d, 0x65, 0x74, 0x61, 0x64, 0x61, 0x74, 0x61];

/** Which member a key names; 0 if it does not matter. */
function memberOf(container: i32, start: usize, length: usize): i32 {
  if (container === IN_EVENT) {
    if (length === 4) return isText(start, length, KEY_KIND) ? SEEN_KIND : 0;
    if (length === 6) {
      if (isText(start, length, KEY_SOURCE)) return SEEN_SOURCE;
      return isText(start, length, KEY_STATUS) ? SEEN_STATUS : 0;
    }
    if (length === 7) return isText(start, length, KEY_SUCCESS) ? SEEN_SUCCESS : 0;
    if (length === 8) return isText(start, length, KEY_IS_ERROR) ? SEEN_IS_ERROR : 0;
    if (length === 9) {
      if (isText(start, length, KEY_TIMESTAMP)) return SEEN_TIMESTAMP;
      if (isText(start, length, KEY_TOOL_NAME)) return SEEN_TOOL_NAME;
      return isText(start, length, KEY_TOOL_KIND) ? SEEN_TOOL_KIND : 0;
    }
    if (length === 11) return isText(start, length, KEY_OBSERVATION) ? SEEN_OBSERVATION : 0;
    return 0;
  }
  if (container === IN_OBSERVATION) {
    if (length === 5) return isText(start, length, KEY_ERROR) ? SEEN_OBSERVATION_ERROR : 0;
    if (length === 8) {
      if (isText(start, length, KEY_IS_ERROR)) return SEEN_OBSERVATION_IS_ERROR;
      return isText(start, length, KEY_METADATA) ? SEEN_METADATA : 0;
    }
    if (length === 9) return isText(start, length, KEY_EXIT_CODE) ? SEEN_OBSERVATION_EXIT_CODE : 0;
    return 0;
  }
  return length === 9 && isText(start, length, KEY_EXIT_CODE) ? SEEN_METADATA_EXIT_CODE : 0;
}

/** Keeps where a string is. @returns whether its bytes are its text */
function keepString(place: usize, start: usize): bool {
  if (!isPlain) return false;
  store<u32>(results + place, <u32>(start + 1 - text));
  store<u32>(results + place, <u32>(at - 1 - text), 4);
  return true;
}

/** Keeps an integer as an exit code. @returns false for a number that is written in another way */
function keepExitCode(member: i32, start: usize): bool {
  let from = start;
  const isNegative = load<u8>(from) === 0x2d;
  if (isNegative) from++;
  if (at - from > MAX_INTEGER_DIGITS) return false;
  let value: i32 = 0;
  for (; from < at; from++) {
    const digit: u32 = <u32>load<u8>(from) - 0x30;
    if (digit > 9) return false;
    value = value * 10 + <i32>digit;
  }
  if (isNegative) value = -value;
  if (member === SEEN_OBSERVATION_EXIT_CODE) {
    hasOwnCode = true;
    ownCode = value;
  } else {
    hasMetadataCode = true;
    metadataCode = value;
  }
  return true;
}

/** Keeps what a scalar that matters says. @param first its first byte, `start` where it is */
function keepScalar(member: i32, first: u32, start: usize): bool {
  const isString = first === 0x22;
  const isNull = first === 0x6e;
  switch (member) {
    case SEEN_KIND:
      return isString && keepString(KIND, start);
    case SEEN_SOURCE:
      return isString && keepString(SOURCE, start);
    case SEEN_TIMESTAMP:
      return isString && keepString(TIMESTAMP, start);
    case SEEN_TOOL_NAME:
      return isNull || (isString && keepString(TOOL_NAME, start));
    case SEEN_TOOL_KIND:
      return isNull || (isString && keepString(TOOL_KIND, start));
    case SEEN_STATUS:
      return isNull || (isString && keepString(STATUS, start));
    case SEEN_SUCCESS:
      if (first === 0x66) flags |= SUCCESS_IS_FALSE;
      return true;
    case SEEN_IS_ERROR:
      if (first === 0x74) flags |= IS_ERROR;
      return true;
    case SEEN_OBSERVATION_IS_ERROR:
      if (first === 0x74) flags |= OBSERVATION_IS_ERROR;
      return true;
    case SEEN_OBSERVATION_ERROR:
      if (first === 0x74 || (isString && at - start > 2)) flags |= OBSERVATION_HAS_ERROR;
      return first === 0x74 || first === 0x66 || isString || isNull;
    case SEEN_OBSERVATION:
      return isNull;
    case SEEN_METADATA:
      return isNull;
    default:
      return isNull || ((<u32>first - 0x30 <= 9 || first === 0x2d) && keepExitCode(member, start));
  }
}

/** Whether a member that matters can be an object or an array, and which container that is. -1: UNSURE. */
function containerOf(member: i32, isObject: bool): i32 {
  if (member === 0) return ELSEWHERE;
  if (member === SEEN_OBSERVATION && isObject) return IN_OBSERVATION;
  if (member === SEEN_METADATA && isObject) return IN_METADATA;
  return -1;
}

/** Where the text of an event must be written. */
export function textAt(): usize {
  return text;
}

/** How many bytes of text fit. */
export function textBytes(): usize {
  return TEXT_BYTES;
}

/** Where the results are: see the places above. */
export function resultsAt(): usize {
  return results;
}

/**
 * Scans the text of an event.
 *
 * @param length of the text, in bytes
 * @returns VALID if the text is a JSON object whose entry is in the results, else UNSURE
 */
export function scan(length: u32): i32 {
  at = text;
  end = text + length;
  flags = 0;
  seen = 0;
  hasOwnCode = false;
  hasMetadataCode = false;
  memory.fill(results, 0, MARGIN_BYTES);
  memory.fill(end, 0, 16); // what a read of 16 bytes finds behind the text ends every string
  skipSpace();
  if (at >= end || load<u8>(at) !== 0x7b || !scanObject()) return UNSURE;
  skipSpace();
  if (at !== end) return UNSURE;
  const fails = hasOwnCode
    ? ownCode !== 0 && ownCode !== -1
    : hasMetadataCode && metadataCode !== 0 && metadataCode !== -1;
  if (fails) flags |= EXIT_CODE_FAILS;
  store<i32>(results + FLAGS, flags);
  return VALID;
}

/** How many objects and arrays are open around the innermost one. */
let depth: i32 = 0;
/** What the innermost one is. */
let container: i32 = IN_EVENT;
let isObject: bool = true;
/** The member whose value is scanned; 0 if it does not matter. */
let member: i32 = 0;

/** Scans the object at `at`, with all that is in it. */
function scanObject(): bool {
  depth = 0;
  let isOpened = open(IN_EVENT, true);
  // Each turn scans a member or an element, and what ends with it.
  while (at < end) {
    const isEmpty = isOpened && load<u8>(at) === closer();
    if (!isEmpty) {
      member = 0;
      if (isObject && !scanKey()) return false;
      if (at >= end) return false;
      const first: u32 = load<u8>(at);
      if (first === 0x7b || first === 0x5b) {
        const inner = containerOf(member, first === 0x7b);
        isOpened = inner >= 0 && open(inner, first === 0x7b);
        if (!isOpened) return false;
        continue;
      }
      if (!scanScalar(first)) return false;
    }
    isOpened = false;
    if (!scanEnds()) return false;
    if (depth === 0) return true;
  }
  return false;
}

/** Opens an object or an array at `at`. */
function open(kind: i32, opensObject: bool): bool {
  if (++depth >= MAX_DEPTH) return false;
  store<u8>(stack + <usize>depth, ((kind << 1) | (opensObject ? 1 : 0)) as u8);
  container = kind;
  isObject = opensObject;
  at++;
  skipSpace();
  return true;
}

function closer(): u32 {
  return isObject ? 0x7d : 0x5d;
}

/** Scans a key and its colon, and finds out which member it names. */
function scanKey(): bool {
  if (load<u8>(at) !== 0x22) return false;
  const start = at + 1;
  if (!scanString()) return false;
  if (container !== ELSEWHERE) {
    // An escaped key could be any key.
    if (!isPlain) return false;
    member = memberOf(container, start, at - 1 - start);
    // Of two members with one name, the last one counts.
    if (member !== 0 && (seen & member) !== 0) return false;
    seen |= member;
  }
  skipSpace();
  if (at >= end || load<u8>(at) !== 0x3a) return false;
  at++;
  skipSpace();
  return true;
}

/** Closes all objects and arrays that end at `at`, up to a comma or to the end of the event. */
function scanEnds(): bool {
  while (at < end) {
    const byte: u32 = load<u8>(at);
    at++;
    if (byte === 0x2c) {
      skipSpace();
      return true;
    }
    if (byte !== closer()) return false;
    if (--depth === 0) return true;
    const around: u32 = load<u8>(stack + <usize>depth);
    isObject = (around & 1) !== 0;
    container = <i32>(around >> 1);
    skipSpace();
  }
  return false;
}
