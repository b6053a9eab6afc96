import { type JsonObject, type JsonValue, own, ownString } from '../text/json-value.ts';
import type { FaultCode } from './event.ts';

/** The faults of event files, and a link whose target is missing, which the SDK treats like a missing file. */
export type StateFileFault = FaultCode | 'dangling-link';

/** A JSON file next to the events folder: base_state.json, meta.json or owner_lease.json. */
export type StateFile =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'valid';
      readonly value: JsonObject;
      /** When the file was written, in ms since the epoch; left out if that is not known. */
      readonly writtenAt?: number;
    }
  | {
      readonly kind: 'invalid';
      readonly code: StateFileFault;
      readonly message: string;
      /** Where the text becomes invalid: byte offset from 0, line and column (in characters) from 1. */
      readonly offset?: number;
      readonly line?: number;
      readonly column?: number;
      /** What the SDK reads from a text that is not JSON: Python's parsers take NaN and Infinity. */
      readonly python?: JsonObject;
    };

/** The values of `execution_status`. Source: openhands-sdk conversation/state.py. */
export const STATUSES = [
  'idle',
  'running',
  'paused',
  'waiting_for_confirmation',
  'finished',
  'error',
  'stuck',
  'deleting',
] as const;

/** The conversation's title in meta.json; undefined if it is missing or blank. */
export function titleOf(meta: StateFile): string | undefined {
  const title = meta.kind === 'valid' ? ownString(meta.value, 'title') : undefined;
  return title?.trim() ? title : undefined;
}

/** Id of the conversation that started this one, as an agent-server records it in meta.json since SDK 1.44. */
export function parentIn(meta: StateFile): string | undefined {
  return meta.kind === 'valid' ? ownString(meta.value, 'parent_conversation_id') : undefined;
}

/** Id of the leaf that base_state.json names; undefined if it names none. */
export function leafIn(state: StateFile): string | undefined {
  return state.kind === 'valid' ? ownString(state.value, 'leaf_event_id') : undefined;
}

/** Whether the user went back to before the first event, so that the next event will be a root. */
export function isHeadEmpty(state: StateFile): boolean {
  return state.kind === 'valid' && isTrue(own(state.value, 'head_is_empty'));
}

/** Whether the SDK takes a value for true: it converts numbers and words. */
function isTrue(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return /^(?:1|on|t|true|y|yes)$/i.test(value);
  return value === true || value === 1;
}
