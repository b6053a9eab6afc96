import type { LoadedEvent } from '../../domain/event.ts';
import { pick } from '../../text/json-fields.ts';
import { diagnose, oneLine } from '../../text/json-scanner.ts';
import { detachString } from '../../text/visible-text.ts';
import type { Call } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';

/** JSON texts of a call's events, on one line each, that a record does not keep. */
export interface CallDetails {
  /** What the model called the tool with; undefined if the event has nothing of it, or can't be read. */
  readonly arguments: string | undefined;
  /** The timestamp of the action, as it is stored; undefined if the event has none, or can't be read. */
  readonly timestamp: string | undefined;
}

/** The event that has the arguments of a call. A call over ACP can have them before its last event. */
export function inputOf({ subject, events }: Call): EventRecord {
  return events.findLast(({ fields }) => fields.hasInput) ?? subject;
}

export function detailsOf({ text }: LoadedEvent): CallDetails {
  return { arguments: copyOf(argumentsIn(text)), timestamp: copyOf(pick(text, ['timestamp'])) };
}

/** A text of its own, so that the event's need not stay in memory. */
function copyOf(json: string | undefined): string | undefined {
  return json === undefined ? undefined : detachString(oneLine(json));
}

/**
 * The arguments as JSON. The SDK stores the text that the model wrote as a string: if it is JSON, that is the answer,
 * digit by digit, else the string. An agent behind ACP has its input as JSON.
 */
function argumentsIn(text: string): string | undefined {
  const written = pick(text, ['tool_call', 'arguments']);
  if (written === undefined) return pick(text, ['raw_input']) ?? pick(text, ['action']);
  if (!written.startsWith('"')) return written;
  const inner = JSON.parse(written) as string;
  return diagnose(inner) === undefined ? escapeLoneSurrogates(inner.trim()) : written;
}

/** Halves of characters can't be printed as UTF-8. In JSON they can only be in a string, where an escape means the same. */
function escapeLoneSurrogates(json: string): string {
  if (json.isWellFormed()) return json;
  return json.replaceAll(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
