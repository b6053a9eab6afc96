import type { JsonObject } from '../text/json-value.ts';
import type { Call } from './calls.ts';
import type { EventRecord } from './event-record.ts';

/** An event as it is exported. Secrets are replaced when `value` or `text` is read: read one of them, once. */
export interface ExportedEvent {
  readonly record: EventRecord;
  readonly value: JsonObject;
  /** Its JSON, exactly as its file has it except for the secrets. */
  readonly text: string;
  /** The call that it makes, or that it answers. */
  readonly call: Call | undefined;
}
