import type { JsonObject } from '../text/json-value.ts';
import type { Entry } from './entry.ts';
import type { Slot } from './slot.ts';

/** One event, read and parsed. */
export interface LoadedEvent {
  readonly kind: 'event';
  readonly slot: Slot;
  /** The file's text, exactly as it is on disk. */
  readonly text: string;
  readonly value: JsonObject;
  readonly entry: Entry;
  /** Size of the file in bytes. */
  readonly bytes: number;
}

/** Why an event file can't be read. `verify` reports these under the same names. */
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
  | 'too-complex'
  | 'in-flight-write'
  /** No faults of the file: a pattern took too long on the event, or too much memory. `verify` never reports them. */
  | 'match-timeout'
  | 'match-overflow';

/** An event that is missing from an answer: it can't be read, or it is not known whether a pattern matches. Readers return it: they never throw for a bad event. */
export interface Fault {
  readonly kind: 'fault';
  readonly slot: Slot;
  readonly code: FaultCode;
  readonly message: string;
  readonly bytes: number;
  /** Where the text becomes invalid: byte offset from 0, line and column (in characters) from 1. */
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  /** What the SDK reads from a text that is not JSON: Python's parsers take NaN and Infinity. */
  readonly python?: JsonObject;
}

/** The result of reading a slot. */
export type ReadOutcome = LoadedEvent | Fault;

export function isFault(outcome: ReadOutcome): outcome is Fault {
  return outcome.kind === 'fault';
}
