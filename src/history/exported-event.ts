import type { JsonObject } from '../text/json-value.ts';
import type { Call } from './calls.ts';
import type { EventRecord } from './event-record.ts';

/**
 * An event as it is exported. Secrets are replaced when `value` or `text` is read, so read only one of them, and only
 * once.
 */
export interface ExportedEvent {
  readonly record: EventRecord;
  readonly value: JsonObject;
  /** The event's JSON, exactly as in its file except for replaced secrets. */
  readonly text: string;
  /** The call that the event makes or answers. */
  readonly call: Call | undefined;
}
