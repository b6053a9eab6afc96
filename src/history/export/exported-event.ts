import type { ReadableEvent } from '../../text/readable-event.ts';
import type { Call } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';
import type { EventText } from '../outcome/explanation.ts';
import type { Ending } from '../outcome/outcome.ts';

/**
 * An event as it is exported. Secrets are replaced when `value` or `text` is read, so read only one of them, and only
 * once.
 */
export interface ExportedEvent {
  readonly record: EventRecord;
  /** The event for people. */
  readonly value: ReadableEvent;
  /** The event's JSON, exactly as in its file except for replaced secrets. */
  readonly text: string;
  /** The call that the event makes or answers. */
  readonly call: Call | undefined;
}

/** How a conversation ended, without secrets. Its texts are not safe to print as they are. */
export interface ExportedEnding extends Omit<Ending, 'brief'> {
  /** The last failure, if the reason does not name it: the event that reports it, and its message. */
  readonly lastError?: { readonly record: EventRecord; readonly text: string };
}

/** What a summary of a conversation is made from, without secrets. Its texts are not safe to print as they are. */
export interface ExportedStory {
  /** The user's first messages, whole up to a limit. */
  readonly asked: readonly EventText[];
  /** The folder that `shorten` leaves out; undefined if it leaves out none. */
  readonly folder: string | undefined;
  /** A name without secrets. */
  clean(name: string): string;
  /** Leaves a folder that many calls name out of a text: see ShortPaths. */
  shorten(text: string): string;
  /** An event in its own words; empty if it can no longer be read. @throws ConversationGone */
  describe(record: EventRecord): Promise<string>;
  /** The error of a failed call; undefined if it has none. @throws ConversationGone */
  errorOf(call: Call): Promise<string | undefined>;
  /** See EventRecord.errorLine. @throws ConversationGone */
  errorLine(record: EventRecord): Promise<string | undefined>;
}
