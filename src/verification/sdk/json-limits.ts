import type { JsonObject, JsonValue } from '../../text/json-value.ts';
import type { Refusal } from './problem.ts';

/** Levels of nesting that the SDK's JSON parser accepts. The event itself is the first level. */
const MAX_NESTING_LEVELS = 200;
/** Digits of an integer that the SDK's JSON parser accepts. */
const MAX_INTEGER_DIGITS = 4300;

/**
 * Why the SDK's JSON parser refuses the text of an event that is valid JSON: all versions use the same parser.
 *
 * @param json the text of the event
 */
export function unreadableJson(event: JsonObject, json: string): Refusal | undefined {
  const message = surrogateProblem(event, json) ?? limitProblem(event, json);
  return message === undefined
    ? undefined
    : { exception: 'ValidationError', problems: [{ path: [], message }] };
}

function surrogateProblem(event: JsonObject, json: string): string | undefined {
  // Almost no event contains such an escape, and `includes` finds that out quickly.
  if (!json.includes('\\u') || !/\\ud[89a-f]/i.test(json)) return undefined;
  const path = findLoneSurrogate(event);
  return path === undefined
    ? undefined
    : `${path} contains half of a surrogate pair, which is no character`;
}

/** Where a string or a key contains half of a surrogate pair: its path, joined by dots. */
export function findLoneSurrogate(event: JsonObject): string | undefined {
  // A stack instead of recursion: an event can be nested deeper than the call stack.
  const pending: { path: string; value: JsonValue }[] = [{ path: '', value: event }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !value.isWellFormed()) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      const childPath = path === '' ? key : `${path}.${key}`;
      if (!key.isWellFormed()) return `the key ${childPath.toWellFormed()}`;
      pending.push({ path: childPath, value: child });
    }
  }
  return undefined;
}

function limitProblem(event: JsonObject, json: string): string | undefined {
  const found = { isTooDeep: false, hasInfinity: false };
  measure(event, MAX_NESTING_LEVELS, found);
  if (found.isTooDeep)
    return `nested deeper than the ${MAX_NESTING_LEVELS} levels that the SDK reads`;
  // JavaScript reads an integer of so many digits as infinite.
  const isTooLong = found.hasInfinity && LONG_INTEGER.test(json);
  return isTooLong
    ? `an integer has more than the ${MAX_INTEGER_DIGITS} digits that the SDK reads`
    : undefined;
}

const LONG_INTEGER = new RegExp(`[[:,]\\s*-?\\d{${MAX_INTEGER_DIGITS + 1},}\\s*[,\\]}]`);

/** The recursion goes no deeper than `levels`. */
function measure(
  value: JsonValue,
  levels: number,
  found: { isTooDeep: boolean; hasInfinity: boolean },
): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) found.hasInfinity = true;
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) {
    found.isTooDeep = true;
    return;
  }
  if (Array.isArray(value)) {
    for (const child of value) measure(child, levels - 1, found);
    return;
  }
  for (const key in value) measure(value[key] ?? null, levels - 1, found);
}
