import type { Slot } from '../domain/slot.ts';

/** The exception that the SDK would raise on resuming. */
export interface ResumeError {
  /** Name of the Python class. */
  readonly exception: string;
  /** The event that causes the exception; null where the cause is not an event. */
  readonly event_id: string | null;
  readonly message: string;
}

/** That the judging SDK version cannot resume the conversation. */
export interface Verdict {
  /** The version that judges. */
  readonly sdk: string;
  readonly error: ResumeError;
  /** The event file that causes the error; undefined if it is not an event. */
  readonly slot: Slot | undefined;
  /** The released versions that can resume the conversation, in words; undefined if none can. */
  readonly resumedBy: string | undefined;
}
