/** The timestamp of an event. Up to the year 2255, a double holds microseconds since 1970 exactly. */
export interface Timestamp {
  /** Microseconds since the Unix epoch. A naive timestamp is counted as if its clock had shown UTC. */
  readonly us: number;
  /** The timestamp has no offset: it is the local time of the machine that wrote it. */
  readonly naive: boolean;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Parses a date, or a date and time, in ISO 8601. Digits beyond the microsecond are cut off. Undefined for any other
 * text, and for dates that do not exist, such as the 30th of February.
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  return parseUsual(text) ?? parseAny(text);
}

/** Every month has this many days. The fast path leaves later days to the slow one. */
const MIN_DAYS_IN_MONTH = 28;
const USUAL_FORM = 'YYYY-MM-DDTHH:MM:SS.ffffff';

/**
 * Parses `2026-02-22T10:00:00.123456`, the form of nearly all timestamps of the SDK. It reads single characters,
 * which is much faster than a regular expression.
 */
function parseUsual(text: string): Timestamp | undefined {
  if (text.length !== USUAL_FORM.length) return undefined;
  let areDigits = true;
  const number = (from: number, digits: number) => {
    let value = 0;
    for (let at = from; at < from + digits; at++) {
      const digit = text.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) areDigits = false;
      value = value * 10 + digit;
    }
    return value;
  };
  const [year, month, day] = [number(0, 4), number(5, 2), number(8, 2)];
  const [hour, minute, second] = [number(11, 2), number(14, 2), number(17, 2)];
  const fraction = number(20, 6);
  const isPunctuated =
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    text[19] === '.';
  const isInRange =
    year >= 1000 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= MIN_DAYS_IN_MONTH &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!areDigits || !isPunctuated || !isInRange) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return { us: ms * 1000 + fraction, naive: true };
}

function parseAny(text: string): Timestamp | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const ms = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  const date = new Date(ms);
  const isReal =
    +year! >= 100 &&
    date.getUTCMonth() === +month! - 1 &&
    date.getUTCDate() === +day! &&
    +hour < 24 &&
    +minute < 60 &&
    +second < 60;
  if (!isReal) return undefined;
  const us = ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  const offsetMinutes = offset === undefined ? undefined : parseOffset(offset);
  if (offsetMinutes === undefined) return offset === undefined ? { us, naive: true } : undefined;
  return { us: us - offsetMinutes * 60_000_000, naive: false };
}

/** Parses an offset (`Z`, `+HH`, `+HHMM` or `+HH:MM`) to minutes east of UTC; undefined for any other text. */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  if (+hours! > 23 || +minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (+hours! * 60 + +minutes);
}
