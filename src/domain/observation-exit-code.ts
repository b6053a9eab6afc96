import { type JsonValue, own } from '../text/json-value.ts';

/** The exit code in an observation whose command was still running when the tool stopped waiting. */
export const STILL_RUNNING = -1;

/** The exit code in an observation. SDK versions differ in where they put it. */
export function exitCodeOf(observation: JsonValue | undefined): number | undefined {
  const code = own(observation, 'exit_code') ?? own(own(observation, 'metadata'), 'exit_code');
  return Number.isSafeInteger(code) ? (code as number) : undefined;
}
