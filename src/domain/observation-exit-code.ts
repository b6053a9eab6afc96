import { own, type ReadableValue } from '../text/json-value.ts';
import { StoredNumber } from '../text/stored-number.ts';

/** The exit code in an observation whose command was still running when the tool stopped waiting. */
export const STILL_RUNNING = -1;

/** The exit code in an observation. SDK versions differ in where they put it. */
export function exitCodeOf(observation: ReadableValue | undefined): number | undefined {
  const code = own(observation, 'exit_code') ?? own(own(observation, 'metadata'), 'exit_code');
  const number = code instanceof StoredNumber ? Number(code) : code;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}
