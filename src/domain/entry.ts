import { parseTimestamp, type Timestamp } from '../time/timestamp.ts';
import { type JsonObject, type JsonValue, own, ownString } from './event.ts';
import { className } from './event-kinds.ts';
import type { Slot } from './slot.ts';

/** An event's digest: what most questions ask of it, without its body. */
export interface Entry {
  readonly slot: Slot;
  /** Class name, or `''` where the event tells no kind. */
  readonly kind: string;
  readonly source: string;
  /** Undefined where the event tells no time that can be read. */
  readonly stamp: Timestamp | undefined;
  readonly tool: string | undefined;
  /** The event tells of a failure. */
  readonly failed: boolean;
}

/** The digest of an event. */
export function makeEntry(slot: Slot, value: JsonObject): Entry {
  const kind = className(ownString(value, 'kind') ?? '');
  return {
    slot,
    kind,
    source: ownString(value, 'source') ?? '',
    stamp: parseTimestamp(ownString(value, 'timestamp') ?? ''),
    tool: ownString(value, 'tool_name'),
    failed: reportsFailure(kind, value),
  };
}

const FAILURE_KINDS = new Set([
  'AgentErrorEvent',
  'ConversationErrorEvent',
  'UserRejectObservation',
]);

/** Errors, rejected calls, observations of a failure, and hooks that failed. */
function reportsFailure(kind: string, event: JsonObject): boolean {
  if (FAILURE_KINDS.has(kind)) return true;
  if (kind === 'HookExecutionEvent') return own(event, 'success') === false;
  if (kind === 'ACPToolCallEvent') return own(event, 'is_error') === true;
  const observation = own(event, 'observation');
  const code = exitCodeOf(observation);
  return (
    own(observation, 'is_error') === true ||
    Boolean(own(observation, 'error')) || // in 2025 a flag or the message itself
    (code !== undefined && code !== 0 && code !== STILL_RUNNING)
  );
}

/** The exit code of a command that had not ended when the tool gave up waiting. */
export const STILL_RUNNING = -1;

/** The exit code that an observation tells, in the place of its version. */
export function exitCodeOf(observation: JsonValue | undefined): number | undefined {
  const code = own(observation, 'exit_code') ?? own(own(observation, 'metadata'), 'exit_code');
  return Number.isSafeInteger(code) ? (code as number) : undefined;
}
