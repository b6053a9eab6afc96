import type { FieldLocation } from '../classification/event-fields.ts';

/** A part of a text to replace: UTF-16 code units from `start` up to, but not including, `end`. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
  /** The kind of secret, which the marker shows: `github-token`. */
  readonly rule: string;
  /**
   * Whether to search other texts for this secret. Not needed for a token of a known shape, which is
   * recognized wherever it appears.
   */
  readonly shouldRemember?: boolean;
}

/**
 * Finds what to replace in a text. For the value of an event's field, `location` is where the field
 * is; a text from anywhere else (a key, a title) has none.
 */
export type FindSecrets = (text: string, location?: FieldLocation) => SecretRange[];
