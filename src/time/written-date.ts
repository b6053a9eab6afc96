const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DIGITS = 2;
const MONTH_NAMES = [
  ...MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`),
  'sept',
].join('|');
/** The month is between the day and the year, or before both. */
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2}) (${MONTH_NAMES}) (\d{4})(?= |$)`, 'i');
const MONTH_FIRST = new RegExp(String.raw`^(${MONTH_NAMES}) (\d{1,2}),? (\d{4})(?= |$)`, 'i');
const WITH_SLASHES = /^(\d{4})\/(\d\d)\/(\d\d)(?= |$)/;
/** A date without its year, and nothing but a time of day after it. */
const WITHOUT_YEAR = new RegExp(
  String.raw`^(?:(\d{1,2}) (${MONTH_NAMES})|(${MONTH_NAMES}) (\d{1,2}))(?:,? \d{1,2}:\d\d(?::\d\d)?)?$`,
  'i',
);

/** A day of a year. */
export interface MonthAndDay {
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/**
 * The same time with the forms that have one reading as ISO 8601 has them: `25 Sep 2025`, `Sep 25 2025` and `2025/09/25`
 * as `2025-09-25`, `noon` as `12:00`. `midnight` is `00:00` only where no day is named, because that of a day can be its
 * start or its end. Any other text is as it was.
 *
 * @param text with single spaces
 */
export function withIsoDate(text: string): string {
  if (/^midnight$/i.test(text)) return '00:00';
  return text
    .replace(DAY_FIRST, (_, day, month, year) => isoDate(year, monthOf(month), day))
    .replace(MONTH_FIRST, (_, month, day, year) => isoDate(year, monthOf(month), day))
    .replace(WITH_SLASHES, '$1-$2-$3')
    .replace(/(^| )noon(?= |$)/i, '$112:00');
}

/** The day of a date that lacks its year; undefined for any other text. @param text with single spaces */
export function dateWithoutYear(text: string): MonthAndDay | undefined {
  const [whole, before, after, first, second] = WITHOUT_YEAR.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { month: monthOf(after ?? first ?? ''), day: Number(before ?? second) };
}

/** @param name as MONTH_NAMES has it. @returns from 1 */
function monthOf(name: string): number {
  const start = name.slice(0, 3).toLowerCase();
  return MONTHS.findIndex((month) => month.startsWith(start)) + 1;
}

/** The date may not exist. */
export function isoDate(year: string, month: number, day: string): string {
  return `${year}-${String(month).padStart(DIGITS, '0')}-${day.padStart(DIGITS, '0')}`;
}
