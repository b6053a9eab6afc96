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

const UNIT_BYTES: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

/** Reads a size: `200MB`, `1GiB`, `64M` (binary, as for most tools); a bare number is bytes. @returns bytes, from 1 */
export function size(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([KMG]?(?:i?B)?)$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * (UNIT_BYTES[unit.toUpperCase()] ?? Number.NaN));
  if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError('A size such as 200MB or 1GiB is needed.');
}

const UNIT_US: Record<string, number> = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };

/** Reads a duration: `500ms`, `5s`, `2m`, `1h`; a bare number is seconds. @returns µs */
export function duration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * (UNIT_US[unit] as number);
  throw new InvalidArgumentError('A duration such as 500ms, 5s, 2m or 1h is needed.');
}
