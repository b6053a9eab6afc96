import { parseTimestamp } from './timestamp.ts';
import { dateWithoutYear, isoDate, type MonthAndDay, withIsoDate } from './written-date.ts';
import type { Zone } from './zone.ts';

const DAY_US = 86_400e6;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** What is known about a text that is not a time, and what to write instead. */
const PROBLEMS: readonly (readonly [form: RegExp, problem: string])[] = [
  [
    /^\d{4}([/.-])(?!\d\d\1\d\d\b)\d{1,2}\1\d{1,2}\b|^\d{4}\.\d\d\.\d\d\b/,
    'dates are written with hyphens and two digits: 2025-09-17',
  ],
  [
    /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/,
    'day and month can be taken for each other; write YYYY-MM-DD',
  ],
  [
    /\bmidnight\b/i,
    'midnight is the start of a day to some and its end to others; write 00:00 after the day, as in yesterday 00:00',
  ],
  [/^[a-z]{3,9} \d{4}$/i, 'a month is written as in 2025-09'],
  [/^(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2}),? \d\d$/i, 'a year has four digits'],
  [/\bnoon\b/i, 'noon is written after the day, as in yesterday noon'],
  [/\d\s*M(?![a-z])/, 'M means months to some and minutes to others; write mo or m'],
  [
    /^[+-]?\d+(?:\.\d+)?(?:\s+ago)?$/,
    'a unit is missing, as in 10m; a year needs its month, as in 2025-01',
  ],
  [/\d\s*[ap]\.?m\b/i, 'hours are written from 00 to 23'],
  [/\d,\d/, 'decimals are written with a point'],
  [/\d\.\d+\s*(?:mo|y)/i, 'months and years have no fixed length, so they are whole numbers'],
  [/^\d{4}-\d\d(?:-\d\d)?(?:$|[ T])/, 'there is no such date or time'],
  [/^(?:\w+ )?\d{1,2}:\d\d(?::\d\d)?$/, 'there is no such time of day'],
  [/^[+-].* ago$/i, 'a sign and "ago" do not go together'],
  [
    /^(?:last|this|next|past)\b/i,
    'it has several readings; write how long ago, as in 1w, or a date',
  ],
];

/**
 * Why a text is not a time, in a few words; undefined if nothing better can be said than that.
 *
 * @param now µs since the epoch
 */
export function timeProblem(text: string, now: number, zone: Zone): string | undefined {
  const typed = text.trim().replaceAll(/\s+/g, ' ');
  const weekday = WEEKDAYS.findIndex((name) =>
    new RegExp(`\\b${name.slice(0, 3)}(?:${name.slice(3)})?\\b`, 'i').test(typed),
  );
  if (weekday >= 0 && /\b\d{4}\b/.test(typed)) return 'write the date without the weekday';
  if (weekday >= 0) {
    return `a weekday has several readings; write the date, such as ${latest(weekday, now, zone)}`;
  }
  const date = dateWithoutYear(typed);
  if (date) {
    const example = latestOf(date, now, zone);
    if (example === undefined) return 'there is no such date or time';
    return `the year is missing; write the date, such as ${example}`;
  }
  // As it is read, but not with a time in place of a word of the user's.
  const read = /\b(?:noon|midnight)\b/i.test(typed) ? typed : withIsoDate(typed);
  return PROBLEMS.find(([form]) => form.test(read))?.[1];
}

/** The last date that fell on a weekday, before today. @param weekday 0 for Sunday */
function latest(weekday: number, now: number, zone: Zone): string {
  const localUs = now + zone.offsetAt(now);
  const today = new Date(localUs / 1000).getUTCDay();
  const days = (today - weekday + 7) % 7 || 7;
  return new Date((localUs - days * DAY_US) / 1000).toISOString().slice(0, 10);
}

/** Ten years have every date at least once, the 29th of February too. */
const YEARS = 10;

/** The last date with this month and day, up to today; undefined if no year has it. */
function latestOf({ month, day }: MonthAndDay, now: number, zone: Zone): string | undefined {
  const today = new Date((now + zone.offsetAt(now)) / 1000).toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4));
  const dates = Array.from({ length: YEARS }, (_, ago) =>
    isoDate(`${year - ago}`, month, `${day}`),
  );
  return dates.find((date) => date <= today && parseTimestamp(date) !== undefined);
}
