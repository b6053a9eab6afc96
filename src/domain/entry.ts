import { type JsonObject, own, ownString } from '../text/json-value.ts';
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

export function makeEntry(slot: Slot, value: JsonObject): Entry {
  const kind = className(ownString(value, 'kind') ?? '');
  return {
    slot,
    kind,
    source: ownString(value, 'source') ?? '',
    stamp: parseTimestamp(ownString(value, 'timestamp') ?? ''),
    // Calls over ACP do not name their tool, only its kind.
    tool: ownString(value, 'tool_name') ?? ownString(value, 'tool_kind'),
    failed: reportsFailure(kind, value),
  };
}

/** Whether an event is an error, a rejected call, an observation of a failure, or a hook that failed. */
function reportsFailure(kind: string, event: JsonObject): boolean {
  if (alwaysFails(kind)) return true;
  if (kind === 'HookExecutionEvent') return own(event, 'success') === false;
  if (kind === 'ACPToolCallEvent') {
    return own(event, 'is_error') === true || own(event, 'status') === 'failed';
  }
  const observation = own(event, 'observation');
  const code = exitCodeOf(observation);
  return (
    own(observation, 'is_error') === true ||
    Boolean(own(observation, 'error')) || // in 2025: a flag, or the message itself
    (code !== undefined && code !== 0 && code !== STILL_RUNNING)
  );
}
