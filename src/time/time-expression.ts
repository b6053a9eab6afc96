import { parseTimeSpan, type TimeSpan } from './time-span.ts';
import { parseTimestamp } from './timestamp.ts';
import { withIsoDate } from './written-date.ts';
import type { Zone } from './zone.ts';

/*
 * The forms are those of journalctl and git that have one reading. No library is used: those that read `10 minutes ago`
 * also read `03/04/2025`, skip words that they do not know, or know neither zones nor microseconds. A time that is
 * read wrongly gives a wrong answer without an error.
 */

/** A date or a day, then a time of day, then an offset. The spaces are single. */
const DATE_AND_TIME =
  /^(?:(\d{4}-\d\d-\d\d)[ t]|(today|yesterday|tomorrow) )?(\d{1,2})(:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?$/;
const DAYS_FROM_TODAY = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);
const MONTH = /^\d{4}-\d\d$/;
/** Seconds since the epoch. */
const EPOCH = /^@(-?)(\d+)(?:\.(\d{1,6}))?$/;
const DISTANCE = /^([+-] ?)?(.+?)( ago)?$/i;
const DAY_US = 86_400e6;

/**
 * Parses a time as users write it: ISO 8601 or a part of it, a date with the name of its month, a day, a time of day, or how long ago. docs/filters.md lists
 * the forms. A text that has several readings is not a time.
 *
 * @param now µs since the epoch
 * @param zone the zone of times without an offset
 * @returns µs since the epoch, or undefined if the text is not a time
 */
export function parseTime(text: string, now: number, zone: Zone): number | undefined {
  const typed = withIsoDate(text.trim().replaceAll(/\s+/g, ' '));
  const lower = typed.toLowerCase();
  if (lower === 'now') return now;
  const days = DAYS_FROM_TODAY.get(lower);
  if (days !== undefined) return zone.instantOf(midnight(now, zone) + days * DAY_US);
  if (MONTH.test(typed)) return instantOf(`${typed}-01`, zone);
  return (
    instantOf(typed, zone) ??
    parseDateAndTime(lower, now, zone) ??
    parseEpoch(typed) ??
    parseDistance(typed, now, zone)
  );
}

/** The point in time of an ISO 8601 text. */
function instantOf(iso: string, zone: Zone): number | undefined {
  const stamp = parseTimestamp(iso);
  if (!stamp) return undefined;
  return stamp.naive ? zone.instantOf(stamp.us) : stamp.us;
}

/** The clock reading at the last midnight, as if it were UTC. In µs, as `now`. */
function midnight(now: number, zone: Zone): number {
  return Math.floor((now + zone.offsetAt(now)) / DAY_US) * DAY_US;
}

function parseDateAndTime(lower: string, now: number, zone: Zone): number | undefined {
  const [whole, date, day = 'today', hour = '', rest, offset = ''] =
    DATE_AND_TIME.exec(lower) ?? [];
  if (whole === undefined) return undefined;
  // Without a date, the offset does not say which day is meant.
  if (!date && offset) return undefined;
  const dayUs = midnight(now, zone) + (DAYS_FROM_TODAY.get(day) as number) * DAY_US;
  const written = date ?? new Date(dayUs / 1000).toISOString().slice(0, 10);
  const sign = /^[ug]/.test(offset) ? 'Z' : offset;
  return instantOf(`${written}T${hour.padStart(2, '0')}${rest}${sign}`, zone);
}

function parseEpoch(text: string): number | undefined {
  const [whole, sign, seconds, fraction = ''] = EPOCH.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const us = Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0'));
  return exact(sign ? -us : us);
}

function parseDistance(text: string, now: number, zone: Zone): number | undefined {
  const [, sign = '', amounts = '', ago] = DISTANCE.exec(text) ?? [];
  if (sign && ago) return undefined;
  const span = parseTimeSpan(amounts);
  return span && exact(addSpan(now, span, sign.startsWith('+') ? 1 : -1, zone));
}

/** A double has microseconds exactly up to the year 2255. */
function exact(us: number): number | undefined {
  return Number.isSafeInteger(us) ? us : undefined;
}

/**
 * Adds a span to a time. Months keep the day and the time of day; the last day of a shorter month is the latest. All
 * smaller units are durations: a day is 24 hours.
 *
 * @param us µs since the epoch
 */
function addSpan(us: number, span: TimeSpan, direction: 1 | -1, zone: Zone): number {
  const rest = direction * span.us;
  if (span.months === 0) return us + rest;
  const localUs = us + zone.offsetAt(us);
  const dayUs = Math.floor(localUs / DAY_US) * DAY_US;
  const date = new Date(dayUs / 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + direction * span.months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const movedMs = Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay));
  return zone.instantOf(movedMs * 1000 + (localUs - dayUs)) + rest;
}
