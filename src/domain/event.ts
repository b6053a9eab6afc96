import type { Entry } from './entry.ts';
import type { Slot } from './slot.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** A parsed JSON object. Keys are hostile (`__proto__` included): read them with `own`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** One event, read and parsed. */
export interface LoadedEvent {
  readonly slot: Slot;
  /** The file's text as it stands on disk. */
  readonly text: string;
  readonly value: JsonObject;
  readonly entry: Entry;
  /** Size of the file in bytes. */
  readonly bytes: number;
}

/** What can make an event file unreadable; `verify` reports it under the same names. */
export type FaultCode =
  | 'empty-file'
  | 'truncated-json'
  | 'invalid-json'
  | 'trailing-bytes'
  | 'invalid-utf8'
  | 'not-an-object'
  | 'unreadable-file'
  | 'not-a-file'
  | 'linked-file'
  | 'oversized-file'
  | 'in-flight-write';

/** Why an event file could not be read. A fault is data: reading never throws for a bad event. */
export interface Fault {
  readonly slot: Slot;
  readonly code: FaultCode;
  readonly message: string;
  readonly bytes: number;
  /** Where the text goes wrong: byte offset from 0, line and column (in characters) from 1. */
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
}

/** What reading a slot gives: its event or its fault. */
export type ReadOutcome = LoadedEvent | Fault;

export function isFault(outcome: ReadOutcome | Entry): outcome is Fault {
  return 'code' in outcome;
}

/** Own property of a JSON value: never one that an object inherits. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as JsonObject)[key];
}

/** Own property where it is a string. */
export function ownString(value: JsonValue | undefined, key: string): string | undefined {
  const member = own(value, key);
  return typeof member === 'string' ? member : undefined;
}
