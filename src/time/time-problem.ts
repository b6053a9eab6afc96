import type { Zone } from './zone.ts';

const DAY_US = 86_400e6;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** What is known about a text that is not a time, and what to write instead. */
const PROBLEMS: readonly (readonly [form: RegExp, problem: string])[] = [
  [/^\d{4}[/.]\d{1,2}[/.]\d{1,2}\b/, 'dates are written with hyphens and two digits: 2025-09-17'],
  [
    /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/,
    'day and month can be taken for each other; write YYYY-MM-DD',
  ],
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
  const typed = text.trim();
  const weekday = WEEKDAYS.findIndex((name) =>
    new RegExp(`\\b${name.slice(0, 3)}(?:${name.slice(3)})?\\b`, 'i').test(typed),
  );
  if (weekday >= 0) {
    return `a weekday has several readings; write the date, such as ${latest(weekday, now, zone)}`;
  }
  return PROBLEMS.find(([form]) => form.test(typed))?.[1];
}

/** The last date that fell on a weekday, before today. @param weekday 0 for Sunday */
function latest(weekday: number, now: number, zone: Zone): string {
  const localUs = now + zone.offsetAt(now);
  const today = new Date(localUs / 1000).getUTCDay();
  const days = (today - weekday + 7) % 7 || 7;
  return new Date((localUs - days * DAY_US) / 1000).toISOString().slice(0, 10);
}
