import type { LiteralPrefilter } from '../text/literal-prefilter.ts';
import type { Entry } from './entry.ts';
import type { Fault, LoadedEvent } from './event.ts';
import type { Slots } from './slot.ts';

/** What a scan needs from the events that it visits. */
export interface ScanOptions {
  /** Whether the event itself is needed, judged by its entry. */
  needsBody(entry: Entry): boolean;
  /** Whether `needsBody` can be true for any event. */
  readonly mayNeedBodies: boolean;
  /** Texts that a needed event must contain. An event that lacks one of them is not parsed. */
  readonly prefilters?: readonly LiteralPrefilter[];
  /** The scan will not stop before its end. */
  readonly readsAll?: boolean;
  /** No later scan will ask for these events, so they need not be kept in memory. */
  readonly isLastPass?: boolean;
}

/** Receives the events of a scan, in order. Each method returns true to stop the scan. */
export interface ScanVisitor {
  /** @param event the event itself, if it was needed and its text passed the prefilters */
  entry(entry: Entry, event: LoadedEvent | undefined, position: number): boolean | undefined;
  /** An event that can't be read. */
  fault(fault: Fault, position: number): boolean | undefined;
}

/** Where queries get their events from. A position counts events in index order, from 0. */
export interface EventSource {
  readonly slots: Slots;
  /**
   * Passes events to the visitor, in the order of the positions. It reads ahead by no more than the scheduler's
   * limit, unless the scan reads all events. An event that can't be read is passed on as a fault, not thrown.
   */
  scan(positions: readonly number[], options: ScanOptions, visitor: ScanVisitor): Promise<void>;
  /**
   * Whether the files are unchanged since their entries were made. The entry of a changed file is forgotten, so
   * that the next scan reads the file again.
   */
  confirmEntries(positions: Iterable<number>): boolean;
  /** An event's entry, if it is known without opening the file. */
  peekEntry(position: number): Entry | undefined;
}

/** A scan that needs the entries of all events, but not the events themselves. */
export const ALL_ENTRIES: ScanOptions = {
  needsBody: () => false,
  mayNeedBodies: false,
  readsAll: true,
};

/** A scan that needs each event itself, once, and can stop early. */
export const EACH_EVENT: ScanOptions = {
  needsBody: () => true,
  mayNeedBodies: true,
  isLastPass: true,
};

/** A scan that needs every event itself, once. */
export const ALL_EVENTS: ScanOptions = { ...EACH_EVENT, readsAll: true };
