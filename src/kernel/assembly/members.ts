import { F, MINUS, N, QUOTE, T } from './bytes';
import { isDigit, Text } from './tokens';

/* Which members of an event an entry is made of, and what they say. */

/** Objects whose members matter. */
export const ELSEWHERE: i32 = 0;
export const IN_EVENT: i32 = 1;
const IN_OBSERVATION: i32 = 2;
const IN_METADATA: i32 = 3;

/** Members that matter, as bits of a set. */
const KIND: i32 = 1 << 0;
const SOURCE: i32 = 1 << 1;
const TIMESTAMP: i32 = 1 << 2;
const TOOL_NAME: i32 = 1 << 3;
const TOOL_KIND: i32 = 1 << 4;
const STATUS: i32 = 1 << 5;
const SUCCESS: i32 = 1 << 6;
const IS_ERROR: i32 = 1 << 7;
const OBSERVATION: i32 = 1 << 8;
const OBSERVATION_IS_ERROR: i32 = 1 << 9;
const OBSERVATION_ERROR: i32 = 1 << 10;
const OBSERVATION_EXIT_CODE: i32 = 1 << 11;
const METADATA: i32 = 1 << 12;
const METADATA_EXIT_CODE: i32 = 1 << 13;

/** What is found in an event. entry-kernel.ts reads it, so the places and flags are the same there. */
const found: usize = memory.data(64, 16);
const FOUND_BYTES: usize = 64;
/** Where a string begins and ends, as two numbers: from the beginning of the text, in bytes. */
const KIND_AT: usize = 0;
const SOURCE_AT: usize = 8;
const TIMESTAMP_AT: usize = 16;
const TOOL_NAME_AT: usize = 24;
const TOOL_KIND_AT: usize = 32;
const STATUS_AT: usize = 40;
const FLAGS_AT: usize = 48;

const SAYS_UNSUCCESSFUL: i32 = 1;
const SAYS_ERROR: i32 = 2;
const OBSERVATION_SAYS_ERROR: i32 = 4;
const OBSERVATION_HAS_ERROR: i32 = 8;
const EXIT_CODE_FAILS: i32 = 16;

/** The exit code of a command that was still running. */
const STILL_RUNNING: i32 = -1;
/** More digits than any exit code has. */
const MAX_DIGITS: usize = 9;
const NO_CODE: i32 = i32.MIN_VALUE;

let text: usize = 0;
let seen: i32 = 0;
let flags: i32 = 0;
let ownCode: i32 = NO_CODE;
let metadataCode: i32 = NO_CODE;

/** Forgets what was found in another event. @param start where the text begins */
export function beginEntry(start: usize): void {
  memory.fill(found, 0, FOUND_BYTES);
  text = start;
  seen = 0;
  flags = 0;
  ownCode = NO_CODE;
  metadataCode = NO_CODE;
}

/** Completes what was found. */
export function endEntry(): void {
  const code = ownCode === NO_CODE ? metadataCode : ownCode;
  if (code !== NO_CODE && code !== 0 && code !== STILL_RUNNING) flags |= EXIT_CODE_FAILS;
  store<i32>(found + FLAGS_AT, flags);
}

export function foundAt(): usize {
  return found;
}

/**
 * Notes a member of an object.
 *
 * @param container the object
 * @param key where its key is, behind the quote, and how long it is
 * @returns the member; 0 if it does not matter, -1 if it was there before: of two with one name, the last one counts
 */
export function noteMember(container: i32, key: usize, length: usize): i32 {
  const member = memberOf(container, key, length);
  if (member !== 0 && (seen & member) !== 0) return -1;
  seen |= member;
  return member;
}

function memberOf(container: i32, key: usize, length: usize): i32 {
  if (container === IN_METADATA) return isKey(key, length, 'exit_code') ? METADATA_EXIT_CODE : 0;
  if (container === IN_OBSERVATION) {
    if (isKey(key, length, 'exit_code')) return OBSERVATION_EXIT_CODE;
    if (isKey(key, length, 'is_error')) return OBSERVATION_IS_ERROR;
    if (isKey(key, length, 'metadata')) return METADATA;
    return isKey(key, length, 'error') ? OBSERVATION_ERROR : 0;
  }
  switch (length as i32) {
    case 4:
      return isKey(key, length, 'kind') ? KIND : 0;
    case 6:
      if (isKey(key, length, 'source')) return SOURCE;
      return isKey(key, length, 'status') ? STATUS : 0;
    case 7:
      return isKey(key, length, 'success') ? SUCCESS : 0;
    case 8:
      return isKey(key, length, 'is_error') ? IS_ERROR : 0;
    case 9:
      if (isKey(key, length, 'timestamp')) return TIMESTAMP;
      if (isKey(key, length, 'tool_name')) return TOOL_NAME;
      return isKey(key, length, 'tool_kind') ? TOOL_KIND : 0;
    default:
      return isKey(key, length, 'observation') ? OBSERVATION : 0;
  }
}

/** Whether a key of the text is a name. */
function isKey(key: usize, length: usize, name: string): bool {
  if (length !== (name.length as usize)) return false;
  // Strings of AssemblyScript have two bytes a character.
  const characters = changetype<usize>(name);
  for (let at: usize = 0; at < length; at++) {
    if ((load<u8>(key + at) as u32) !== (load<u16>(characters + (at << 1)) as u32)) return false;
  }
  return true;
}

/** What an object or array is as the value of a member. @returns -1 where no SDK writes one */
export function containerOf(member: i32, isObject: bool): i32 {
  if (member === 0) return ELSEWHERE;
  if (member === OBSERVATION && isObject) return IN_OBSERVATION;
  return member === METADATA && isObject ? IN_METADATA : -1;
}

/** Keeps what a value says that is no object or array. @param start where it is @returns false for an unusual one */
export function keepValue(member: i32, start: usize): bool {
  const first: u32 = load<u8>(start);
  const isString = first === QUOTE;
  const isNull = first === N;
  switch (member) {
    case KIND:
      return isString && keepString(KIND_AT, start);
    case SOURCE:
      return isString && keepString(SOURCE_AT, start);
    case TIMESTAMP:
      return isString && keepString(TIMESTAMP_AT, start);
    case TOOL_NAME:
      return isNull || (isString && keepString(TOOL_NAME_AT, start));
    case TOOL_KIND:
      return isNull || (isString && keepString(TOOL_KIND_AT, start));
    case STATUS:
      return isNull || (isString && keepString(STATUS_AT, start));
    case SUCCESS:
      return keepFlag(SAYS_UNSUCCESSFUL, first === F);
    case IS_ERROR:
      return keepFlag(SAYS_ERROR, first === T);
    case OBSERVATION_IS_ERROR:
      return keepFlag(OBSERVATION_SAYS_ERROR, first === T);
    case OBSERVATION_ERROR:
      keepFlag(OBSERVATION_HAS_ERROR, first === T || (isString && Text.at - start > 2));
      return isString || isNull || first === T || first === F;
    case OBSERVATION:
    case METADATA:
      return isNull;
    default:
      return isNull || ((isDigit(first) || first === MINUS) && keepExitCode(member, start));
  }
}

function keepFlag(flag: i32, isSet: bool): bool {
  if (isSet) flags |= flag;
  return true;
}

/** Keeps where a string is. @returns false if its bytes are not its text */
function keepString(place: usize, start: usize): bool {
  if (!Text.isPlain) return false;
  store<u32>(found + place, (start + 1 - text) as u32);
  store<u32>(found + place, (Text.at - 1 - text) as u32, 4);
  return true;
}

/** @returns false for a number that is not written as an integer */
function keepExitCode(member: i32, start: usize): bool {
  const isNegative = load<u8>(start) === MINUS;
  const digits = isNegative ? start + 1 : start;
  if (Text.at - digits > MAX_DIGITS) return false;
  let code: i32 = 0;
  for (let at = digits; at < Text.at; at++) {
    const byte: u32 = load<u8>(at);
    if (!isDigit(byte)) return false;
    code = code * 10 + ((byte - 0x30) as i32);
  }
  if (isNegative) code = -code;
  if (member === OBSERVATION_EXIT_CODE) ownCode = code;
  else metadataCode = code;
  return true;
}
