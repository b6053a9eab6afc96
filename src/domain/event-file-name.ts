/*
 * The grammar of event file names: `event-00042-<event id>.json`. All code that parses or builds such a name
 * is in this file. Source: openhands-sdk conversation/persistence_const.py, EVENT_NAME_RE. In Python, that expression
 * accepts the digits of every script, and a line feed at the end.
 */
const EVENT_FILE_NAME = /^event-(\p{Nd}{5,})-([0-9a-fA-F-]{8,})\.json\n?$/u;
/** A name without its suffix, for patterns that match more than the name. */
export const EVENT_FILE_STEM = String.raw`event-\d{5,}-[0-9a-fA-F-]{8,}`;
const PREFIX = 'event-';
const SUFFIX = '.json';
const MIN_INDEX_DIGITS = 5;

/** The index and id in the name of an event file; undefined if the SDK would not accept the name. */
export function parseEventFileName(name: string): { index: number; id: string } | undefined {
  const match = EVENT_FILE_NAME.exec(name);
  if (!match) return undefined;
  // An index above the safe integers is rounded. It still sorts last.
  return { index: Number(asciiDigits(match[1] as string)), id: match[2] as string };
}

/** Decimal digits of any script as 0 to 9. */
function asciiDigits(text: string): string {
  return text.replace(/[^0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    // Each script has its ten digits in a row, and rows can be next to each other.
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((code - first) % 10);
  });
}

/** Whether a name begins like an event file's name, whatever follows. */
export function beginsLikeEventFile(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Whether a name begins with an event's index, even if the rest is not what the SDK would write. */
export function hasEventIndex(name: string): boolean {
  return /^event-\p{Nd}{5,}-/u.test(name);
}

/** Whether the SDK counts a file of this name (without a folder) when it chooses the index of the next event. */
export function countsForNextIndex(name: string): boolean {
  return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
}

/** The name that the SDK uses to write an event, and to find it again. */
function eventFileName(index: number, id: string): string {
  return `${PREFIX}${String(index).padStart(MIN_INDEX_DIGITS, '0')}-${id}${SUFFIX}`;
}

/** The name that the SDK would use for an event whose file name it accepts, but would write in another way. */
export function canonicalEventFileName(name: string): string {
  const match = EVENT_FILE_NAME.exec(name);
  if (!match) return name;
  const digits = asciiDigits(match[1] as string).replace(/^0+(?=\d{5})/, '');
  return `${PREFIX}${digits}-${match[2]}${SUFFIX}`;
}

/** The id in a name that is known to be an event file's. This is faster than parsing the name. */
export function idInEventFileName(name: string): string {
  return name.slice(name.indexOf('-', PREFIX.length) + 1, name.lastIndexOf(SUFFIX));
}

const UUID_CHARS = 36;
/** 1 for each character code that can occur in an event id: hex digits and the dash. */
const IS_ID_CHARACTER = Uint8Array.from({ length: 128 }, (_, code) =>
  /[0-9a-fA-F-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * The index in the name of an event file; undefined for any other name. Names of the usual form are read
 * character by character, which is several times faster than the regular expression.
 */
export function indexInEventFileName(name: string): number | undefined {
  const digits = name.length - PREFIX.length - 1 - UUID_CHARS - SUFFIX.length;
  if (digits !== 5 && digits !== 6) return parseEventFileName(name)?.index;
  let index = 0;
  for (let at = PREFIX.length; at < PREFIX.length + digits; at++) {
    const digit = name.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return parseEventFileName(name)?.index;
    index = index * 10 + digit;
  }
  const idStart = PREFIX.length + digits + 1;
  for (let at = idStart; at < idStart + UUID_CHARS; at++) {
    if (IS_ID_CHARACTER[name.charCodeAt(at)] !== 1) return parseEventFileName(name)?.index;
  }
  const isUsual = name.startsWith(PREFIX) && name[idStart - 1] === '-' && name.endsWith(SUFFIX);
  return isUsual ? index : parseEventFileName(name)?.index;
}

/** Size of a packed event id, in bytes. */
export const PACKED_ID_BYTES = 16;
/** The value of each hexadecimal digit, with letters in lower case; 255 for every other character. */
const HEX_VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value < 0 ? 255 : value;
});
const UUID_DASHES = new Set([8, 13, 18, 23]);

/**
 * Packs the id in an event file's name into 16 bytes.
 *
 * @param into receives the bytes, from `offset` on
 * @returns whether the name can be rebuilt from its index and the packed id
 */
export function packIdOf(name: string, index: number, into: Uint8Array, offset: number): boolean {
  const digits = String(index).padStart(MIN_INDEX_DIGITS, '0');
  const idStart = PREFIX.length + digits.length + 1;
  if (name.length !== idStart + UUID_CHARS + SUFFIX.length) return false;
  if (!name.startsWith(digits, PREFIX.length)) return false;
  let byte = offset;
  for (let at = 0; at < UUID_CHARS; ) {
    if (UUID_DASHES.has(at)) {
      if (name.charCodeAt(idStart + at++) !== 0x2d) return false;
      continue;
    }
    const high = HEX_VALUES[name.charCodeAt(idStart + at++)] ?? 255;
    const low = HEX_VALUES[name.charCodeAt(idStart + at++)] ?? 255;
    if ((high | low) > 15) return false;
    into[byte++] = (high << 4) | low;
  }
  return true;
}

/** The name of the event file whose id was packed by `packIdOf`. */
export function nameFromPackedId(index: number, bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + PACKED_ID_BYTES);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return eventFileName(index, `${groups.join('-')}-${hex.slice(20)}`);
}
