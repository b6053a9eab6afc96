import { type JsonObject, type JsonValue, own, ownString } from '../text/json-value.ts';
import { parseTimestamp, type Timestamp } from '../time/timestamp.ts';
import { alwaysFails, className } from './event-kinds.ts';
import { exitCodeOf, STILL_RUNNING } from './observation-exit-code.ts';
import type { Slot } from './slot.ts';

/** The few fields of an event that most queries need, without the event itself. */
export interface Entry {
  readonly slot: Slot;
  /** Class name; `''` if the event has no kind. */
  readonly kind: string;
  readonly source: string;
  /** Undefined if the event has no timestamp that can be read. */
  readonly stamp: Timestamp | undefined;
  readonly tool: string | undefined;
  /** The event reports a failure. */
  readonly failed: boolean;
}

/** What an entry is made of, as an event states it. What is absent or of another type is undefined. */
export interface EntryFacts {
  readonly kind: string | undefined;
  readonly source: string | undefined;
  readonly timestamp: string | undefined;
  readonly toolName: string | undefined;
  readonly toolKind: string | undefined;
  readonly status: string | undefined;
  /** `success` is false. */
  readonly isUnsuccessful: boolean;
  /** `is_error` is true. */
  readonly isError: boolean;
  /** The observation says that it is an error, or has one, or its exit code is that of a failure. */
  readonly hasFailedObservation: boolean;
}

export function makeEntry(slot: Slot, value: JsonObject): Entry {
  return {
    slot,
    ...entryOf({
      kind: ownString(value, 'kind'),
      source: ownString(value, 'source'),
      timestamp: ownString(value, 'timestamp'),
      toolName: ownString(value, 'tool_name'),
      toolKind: ownString(value, 'tool_kind'),
      status: ownString(value, 'status'),
      isUnsuccessful: own(value, 'success') === false,
      isError: own(value, 'is_error') === true,
      hasFailedObservation: isFailure(own(value, 'observation')),
    }),
  };
}

/** The entry of an event that states these facts. */
export function entryOf(facts: EntryFacts): Omit<Entry, 'slot'> {
  const kind = className(facts.kind ?? '');
  return {
    kind,
    source: facts.source ?? '',
    stamp: parseTimestamp(facts.timestamp ?? ''),
    // Calls over ACP do not name their tool, only its kind.
    tool: facts.toolName ?? facts.toolKind,
    failed: reportsFailure(kind, facts),
  };
}

/** Whether an event is an error, a rejected call, an observation of a failure, or a hook that failed. */
function reportsFailure(kind: string, facts: EntryFacts): boolean {
  if (alwaysFails(kind)) return true;
  if (kind === 'HookExecutionEvent') return facts.isUnsuccessful;
  if (kind === 'ACPToolCallEvent') return facts.isError || facts.status === 'failed';
  return facts.hasFailedObservation;
}

function isFailure(observation: JsonValue | undefined): boolean {
  const code = exitCodeOf(observation);
  return (
    own(observation, 'is_error') === true ||
    Boolean(own(observation, 'error')) || // in 2025: a flag, or the message itself
    (code !== undefined && code !== 0 && code !== STILL_RUNNING)
  );
}
