/** How far one time is from another: whole months of the calendar, and an exact duration. */
export interface TimeSpan {
  readonly months: number;
  readonly us: number;
}

/** What a unit adds to a span. */
type Unit = { readonly months: number } | { readonly us: number };

const UNITS: readonly (readonly [names: readonly string[], unit: Unit])[] = [
  [['us', 'usec', 'microsecond', 'microseconds'], { us: 1 }],
  [['ms', 'msec', 'millisecond', 'milliseconds'], { us: 1e3 }],
  [['s', 'sec', 'secs', 'second', 'seconds'], { us: 1e6 }],
  [['m', 'min', 'mins', 'minute', 'minutes'], { us: 60e6 }],
  [['h', 'hr', 'hrs', 'hour', 'hours'], { us: 3600e6 }],
  [['d', 'day', 'days'], { us: 86_400e6 }],
  [['w', 'wk', 'week', 'weeks'], { us: 7 * 86_400e6 }],
  [['mo', 'month', 'months'], { months: 1 }],
  [['y', 'yr', 'year', 'years'], { months: 12 }],
];

const UNITS_BY_NAME = new Map(
  UNITS.flatMap(([names, unit]) => names.map((name) => [name, unit] as const)),
);

const AMOUNT = /^(\d+(?:\.\d+)?|an?(?=\s))\s*([a-z]+)/i;
const SEPARATOR = /^(?:\s*,\s*|\s+and\s+|\s*)(?=[\da])/i;

/**
 * Parses a span, such as `2h30m`, `1 week` or `an hour and 5 minutes`. Undefined for any other text. A unit that occurs
 * twice and a part of a month are no span: what is meant is not known. Nor is `M`, which means months or minutes.
 */
export function parseTimeSpan(text: string): TimeSpan | undefined {
  const seen = new Set<Unit>();
  let [months, us] = [0, 0];
  let rest = text;
  do {
    const [whole = '', number = '', name = ''] = AMOUNT.exec(rest) ?? [];
    const amount = /^a/i.test(number) ? 1 : Number(number);
    const unit = name === 'M' ? undefined : UNITS_BY_NAME.get(name.toLowerCase());
    if (!unit || seen.has(unit)) return undefined;
    seen.add(unit);
    if ('us' in unit) us += Math.round(amount * unit.us);
    else if (Number.isInteger(amount)) months += amount * unit.months;
    else return undefined;
    rest = rest.slice(whole.length);
    const separator = SEPARATOR.exec(rest);
    if (rest !== '' && !separator) return undefined;
    rest = rest.slice(separator?.[0].length);
  } while (rest !== '');
  return { months, us };
}
