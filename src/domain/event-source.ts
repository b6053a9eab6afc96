import type { LiteralPrefilter } from '../text/literal-prefilter.ts';
import type { Entry } from './entry.ts';
import type { Fault, LoadedEvent } from './event.ts';
import type { Slots } from './slot.ts';

/** What a pass over events asks of those that it looks at. */
export interface ScanOptions {
  /** Whether, by its entry, an event itself is needed. */
  needsBody(entry: Entry): boolean;
  /** Whether that can be so of any. */
  readonly mayNeedBodies: boolean;
  /** What a needed event's text must hold, all of it: one that does not is not parsed. */
  readonly prefilters?: readonly LiteralPrefilter[];
  /** The pass will not stop before its end. */
  readonly readsAll?: boolean;
  /** Nobody will ask for these events again, so that they need not be remembered. */
  readonly isLastPass?: boolean;
}

/**
 * Sees an event: its entry, or its fault, and the event itself where it was needed and its text can
 * hold what was asked for. Returns true to stop.
 */
export type ScanVisitor = (
  seen: Entry | Fault,
  event: LoadedEvent | undefined,
  position: number,
) => boolean | undefined;

/** Where queries get their events from. A place is an event's position in index order, from 0. */
export interface EventSource {
  readonly slots: Slots;
  /**
   * Shows events to `visit` in the order of the places, reading no further ahead of it than the
   * reader's bound, unless the pass is whole. Never throws for a bad event: a fault is data.
   */
  scan(positions: readonly number[], scanOptions: ScanOptions, visit: ScanVisitor): Promise<void>;
  /**
   * Whether files are what they were when their entries were made; where one is not, its entry is
   * forgotten, and the next pass reads it anew.
   */
  confirmEntries(positions: Iterable<number>): boolean;
  /** An event's entry, where it is known without a look at its file. */
  peekEntry(position: number): Entry | undefined;
}
