import { own, ownString, type ReadableValue } from '../text/json-value.ts';
import { StoredNumber } from '../text/stored-number.ts';

/** The exit code in an observation whose command was still running when the tool stopped waiting. */
export const STILL_RUNNING = -1;

/** The exit code in an observation. SDK versions differ in where they put it. */
export function exitCodeOf(observation: ReadableValue | undefined): number | undefined {
  const code = own(observation, 'exit_code') ?? own(own(observation, 'metadata'), 'exit_code');
  const number = code instanceof StoredNumber ? Number(code) : code;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

/** The note that every command has which ended: the exit code says the same. */
const ENDED_NOTE = /^The command completed with exit code -?\d+\.?$/;

/**
 * What the tool itself says about a command, next to its output: mostly why the command is still running. Undefined if it
 * only says that the command ended. Source: openhands-tools terminal/definition.py, `metadata.suffix`.
 */
export function toolNoteOf(observation: ReadableValue | undefined): string | undefined {
  const suffix = ownString(own(observation, 'metadata'), 'suffix')?.trim();
  const note = suffix?.startsWith('[') && suffix.endsWith(']') ? suffix.slice(1, -1) : suffix;
  return note && !ENDED_NOTE.test(note) ? note : undefined;
}
