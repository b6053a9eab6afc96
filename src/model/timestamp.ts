/** A point in time as an event tells it. Microseconds since 1970 fit a double exactly until 2255. */
export interface Timestamp {
  /** Microseconds since the Unix epoch; of a naive stamp, as if its clock had shown UTC. */
  readonly us: number;
  /** True without an offset: the local time of the machine that wrote it. */
  readonly naive: boolean;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads an ISO 8601 date or date and time, to the microsecond; finer digits are cut off. Undefined
 * for anything else, the 30th of February included.
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const ms = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  const date = new Date(ms);
  const real =
    +year! >= 100 &&
    date.getUTCMonth() === +month! - 1 &&
    date.getUTCDate() === +day! &&
    +hour < 24 &&
    +minute < 60 &&
    +second < 60;
  if (!real) return undefined;
  const us = ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  const offsetMinutes = offset === undefined ? undefined : parseOffset(offset);
  if (offsetMinutes === undefined) return offset === undefined ? { us, naive: true } : undefined;
  return { us: us - offsetMinutes * 60_000_000, naive: false };
}

/** Minutes east of UTC of `Z`, `+HH`, `+HHMM` or `+HH:MM`. */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  if (+hours! > 23 || +minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (+hours! * 60 + +minutes);
}
