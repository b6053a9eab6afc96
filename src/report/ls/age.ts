/** In µs. */
const SECOND = 1e6;
const [MINUTE, HOUR, DAY] = [60 * SECOND, 3600 * SECOND, 86_400 * SECOND];
const MONTH = (365.25 / 12) * DAY;
const YEAR = 365.25 * DAY;

/** A unit is used up to twice the next one, so that an age has one or two digits and says enough. */
const UNITS: readonly (readonly [limit: number, size: number, name: string])[] = [
  [2 * MINUTE, SECOND, 's'],
  [2 * HOUR, MINUTE, 'm'],
  [2 * DAY, HOUR, 'h'],
  [2 * MONTH, DAY, 'd'],
  [2 * YEAR, MONTH, 'mo'],
];

/**
 * How long ago a time is, in the largest unit that says enough: `45s`, `12m`, `5h`, `3d`, `14mo`, `3y`. A time to come has
 * a plus sign. `-` if there is no time.
 *
 * @param us the time, and `now`: in µs since the epoch
 */
export function formatAge(us: number | undefined, now: number): string {
  if (us === undefined) return '-';
  if (us > now + SECOND) return `+${formatAge(now, us)}`;
  const age = Math.max(0, now - us);
  const [, size, name] = UNITS.find(([limit]) => age < limit) ?? [0, YEAR, 'y'];
  return `${Math.floor(age / size)}${name}`;
}
