import type { Outcome } from '../model/event.ts';
import type { Slot } from '../model/slot.ts';

/** Where queries get their events from: slots known by name, read in the order asked for. */
export interface Source {
  /** In index order. */
  readonly slots: readonly Slot[];
  /**
   * Reads no further ahead of its caller than the reader's bound, and never throws for a bad event.
   * `once` says that nobody will ask for these again, so that they need not be remembered.
   */
  read(slots: Iterable<Slot>, options?: { once?: boolean }): AsyncIterable<Outcome>;
}
