import { InvalidArgumentError } from 'commander';

/** Collects one value each time an option is given. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Collects one value each time an option is given, or several with commas. */
export function collectList(value: string, before: string[] = []): string[] {
  const values = value.split(',').map((part) => part.trim());
  if (values.includes('')) throw new InvalidArgumentError('A value between commas is empty.');
  return [...before, ...values];
}

/** Reads a whole number in a range. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER) {
  return (value: string): number => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    const range = max < Number.MAX_SAFE_INTEGER ? `${min} to ${max}` : `${min} up`;
    throw new InvalidArgumentError(`A whole number from ${range} is needed.`);
  };
}

const UNIT_US: Record<string, number> = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };

/** Reads a duration: `500ms`, `5s`, `2m`, `1h`; a bare number is seconds. @returns µs */
export function duration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * (UNIT_US[unit] as number);
  throw new InvalidArgumentError('A duration such as 500ms, 5s, 2m or 1h is needed.');
}
