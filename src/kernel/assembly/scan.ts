// Compiled to WebAssembly by the build: see .build/imports.js. This is AssemblyScript, a strict subset of TypeScript.

/*
 * Validates the JSON text of one event, and finds the few members that an entry is made of. It never guesses: whatever
 * is unusual is UNSURE, and the caller parses the text in the usual way.
 */

import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './bytes';
import {
  beginEntry,
  containerOf,
  ELSEWHERE,
  endEntry,
  foundAt,
  IN_EVENT,
  keepValue,
  noteMember,
} from './members';
import { scanString, scanToken, skipSpace, Text } from './tokens';

/** What `scan` returns. */
const UNSURE: i32 = 0;
const VALID: i32 = 1;

/** Bytes of text that fit. Behind it is space for a read of 16 bytes. */
const TEXT_BYTES: usize = 1 << 20;
const text: usize = memory.data(1048576 + 64, 16);
/** Open objects and arrays at once. Deeper texts are UNSURE. */
const MAX_DEPTH: i32 = 256;
/** For each open object or array: what it is, and in the lowest bit whether it is an object. */
const stack: usize = memory.data(256, 16);

/** How many objects and arrays are open. */
let depth: i32 = 0;
/** What the innermost one is. */
let container: i32 = IN_EVENT;
let isObject: bool = true;
/** The member whose value is scanned; 0 if it does not matter. */
let member: i32 = 0;

/** Where the text of an event must be written. */
export function textAt(): usize {
  return text;
}

/** How many bytes of text fit. */
export function textBytes(): usize {
  return TEXT_BYTES;
}

/** Where the results are: see members.ts. */
export function resultsAt(): usize {
  return foundAt();
}

/**
 * Scans the text of an event.
 *
 * @param length of the text, in bytes
 * @returns VALID if the text is a JSON object whose entry is in the results, else UNSURE
 */
export function scan(length: u32): i32 {
  Text.at = text;
  Text.end = text + length;
  memory.fill(Text.end, 0, 16); // a zero ends every string that reaches beyond the text
  beginEntry(text);
  skipSpace();
  if (!Text.is(OPEN_OBJECT) || !scanEvent()) return UNSURE;
  skipSpace();
  if (Text.at !== Text.end) return UNSURE;
  endEntry();
  return VALID;
}

function scanEvent(): bool {
  depth = 0;
  let isOpened = open(IN_EVENT, true);
  // Each turn scans a member or an element, and what ends with it.
  while (Text.at < Text.end) {
    const isEmpty = isOpened && Text.is(closer());
    if (!isEmpty) {
      member = 0;
      if (isObject && !scanKey()) return false;
      if (Text.is(OPEN_OBJECT) || Text.is(OPEN_ARRAY)) {
        const opensObject = Text.is(OPEN_OBJECT);
        const inner = containerOf(member, opensObject);
        isOpened = inner >= 0 && open(inner, opensObject);
        if (!isOpened) return false;
        continue;
      }
      if (!scanScalar()) return false;
    }
    isOpened = false;
    if (!scanEnds()) return false;
    if (depth === 0) return true;
  }
  return false;
}

/** Opens an object or an array. @returns false if it is too deep */
function open(kind: i32, opensObject: bool): bool {
  if (++depth >= MAX_DEPTH) return false;
  store<u8>(stack + (depth as usize), ((kind << 1) | (opensObject ? 1 : 0)) as u8);
  container = kind;
  isObject = opensObject;
  Text.at++;
  skipSpace();
  return true;
}

function closer(): u32 {
  return isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
}

/** Scans a key and its colon, and finds out which member it names. */
function scanKey(): bool {
  if (!Text.is(QUOTE)) return false;
  const key = Text.at + 1;
  if (!scanString()) return false;
  if (container !== ELSEWHERE) {
    // An escaped key could be any key.
    member = Text.isPlain ? noteMember(container, key, Text.at - 1 - key) : -1;
    if (member < 0) return false;
  }
  skipSpace();
  if (!Text.is(COLON)) return false;
  Text.at++;
  skipSpace();
  return true;
}

/** Scans a value that is no object or array, and keeps what it says if it matters. */
function scanScalar(): bool {
  const start = Text.at;
  if (start >= Text.end || !scanToken(load<u8>(start))) return false;
  if (member !== 0 && !keepValue(member, start)) return false;
  skipSpace();
  return true;
}

/** Closes all objects and arrays that end here, up to a comma or to the end of the event. */
function scanEnds(): bool {
  while (Text.at < Text.end) {
    const byte: u32 = load<u8>(Text.at);
    Text.at++;
    if (byte === COMMA) {
      skipSpace();
      return true;
    }
    if (byte !== closer()) return false;
    if (--depth === 0) return true;
    const around: u32 = load<u8>(stack + (depth as usize));
    isObject = (around & 1) !== 0;
    container = (around >> 1) as i32;
    skipSpace();
  }
  return false;
}
