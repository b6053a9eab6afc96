import { type JsonValue, own } from '../text/json-value.ts';

/** The exit code of a command that was still running when the tool stopped waiting. */
export const STILL_RUNNING = -1;

/** The exit code in an observation, wherever its SDK version puts it. */
export function exitCodeOf(observation: JsonValue | undefined): number | undefined {
  const code = own(observation, 'exit_code') ?? own(own(observation, 'metadata'), 'exit_code');
  return Number.isSafeInteger(code) ? (code as number) : undefined;
}
