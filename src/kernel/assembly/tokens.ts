import { BACKSLASH, F, MINUS, N, QUOTE, T } from './bytes';

/** The text that is scanned. */
export class Text {
  /** Where the scan is. */
  static at: usize = 0;
  /** Behind the last byte. */
  static end: usize = 0;
  /** The string that was scanned last is ASCII, and has no escape. */
  static isPlain: bool = true;

  /** Whether the next byte is this one. */
  static is(byte: u32): bool {
    return Text.at < Text.end && load<u8>(Text.at) === byte;
  }
}

function isSpace(byte: u32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function skipSpace(): void {
  while (Text.at < Text.end && isSpace(load<u8>(Text.at))) Text.at++;
}

/** Scans a value that is no object or array. @param first its first byte */
export function scanToken(first: u32): bool {
  if (first === QUOTE) return scanString();
  if (first === T) return scanWord(0x65757274, 0); // true
  if (first === F) return scanWord(0x736c6166, 0x65); // false
  if (first === N) return scanWord(0x6c6c756e, 0); // null
  return scanNumber();
}

/** Scans a word: its first four letters, and the fifth one, or 0. */
function scanWord(letters: u32, fifth: u32): bool {
  if (Text.at + 4 > Text.end || load<u32>(Text.at) !== letters) return false;
  Text.at += 4;
  if (fifth === 0) return true;
  if (!Text.is(fifth)) return false;
  Text.at++;
  return true;
}

function scanNumber(): bool {
  if (Text.is(MINUS)) Text.at++;
  if (Text.is(0x30)) Text.at++;
  else if (!scanDigits()) return false;
  if (Text.is(0x2e)) {
    Text.at++;
    if (!scanDigits()) return false;
  }
  if (Text.is(0x65) || Text.is(0x45)) {
    Text.at++;
    if (Text.is(0x2b) || Text.is(MINUS)) Text.at++;
    if (!scanDigits()) return false;
  }
  return true;
}

/** @returns whether there is a digit */
function scanDigits(): bool {
  const start = Text.at;
  while (Text.at < Text.end && isDigit(load<u8>(Text.at))) Text.at++;
  return Text.at > start;
}

export function isDigit(byte: u32): bool {
  return byte - 0x30 <= 9;
}

/** Scans a string, from its opening quote to behind its closing one. */
export function scanString(): bool {
  Text.at++;
  Text.isPlain = true;
  const quote = i8x16.splat(QUOTE as i8);
  const backslash = i8x16.splat(BACKSLASH as i8);
  const space = i8x16.splat(0x20);
  while (Text.at < Text.end) {
    // Sixteen bytes at a time, up to one that ends the string or needs a closer look. Bytes beyond ASCII are negative.
    const bytes = v128.load(Text.at);
    const quotes = v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash));
    const special = i8x16.bitmask(v128.or(quotes, i8x16.lt_s(bytes, space)));
    if (special === 0) {
      Text.at += 16;
      continue;
    }
    Text.at += ctz(special) as usize;
    if (Text.at >= Text.end) return false;
    const byte: u32 = load<u8>(Text.at);
    if (byte === QUOTE) {
      Text.at++;
      return true;
    }
    Text.isPlain = false;
    if (!(byte === BACKSLASH ? scanEscape() : scanCharacter(byte))) return false;
  }
  return false;
}

function scanEscape(): bool {
  if (Text.at + 1 >= Text.end) return false;
  const letter: u32 = load<u8>(Text.at, 1);
  if (letter === 0x75) return scanUnit();
  Text.at += 2;
  switch (letter) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // slash
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return true;
    default:
      return false;
  }
}

/** Scans an escape such as `\u0041`. */
function scanUnit(): bool {
  if (Text.at + 6 > Text.end) return false;
  for (let digit: usize = 2; digit < 6; digit++) {
    const byte: u32 = load<u8>(Text.at + digit);
    if (!isDigit(byte) && (byte | 0x20) - 0x61 > 5) return false;
  }
  Text.at += 6;
  return true;
}

/** Scans a character beyond ASCII; a control character is refused. Source of the ranges: Unicode 15, table 3-7. */
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
  if (Text.at + length > Text.end) return false;
  const second: u32 = load<u8>(Text.at, 1);
  if (second < low || second > high) return false;
  for (let more: usize = 2; more < length; more++) {
    if ((load<u8>(Text.at + more) & 0xc0) !== 0x80) return false;
  }
  Text.at += length;
  return true;
}
