import type { Fault, LoadedEvent } from '../../model/event.ts';
import type { Slot } from '../../model/slot.ts';
import type { Zone } from '../../model/zone.ts';
import type { Style } from '../style.ts';

/** A line of a report on events. */
export interface ReportItem<T> {
  readonly slot: Slot;
  readonly row: T;
  readonly isHit: boolean;
  readonly afterGap: boolean;
}

/** What an answer as a whole tells, beside its events. */
interface Answer {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly nextPage: string | null;
  readonly scanned: number;
  readonly complete: boolean;
  readonly skipped: readonly Fault[];
}

export interface EventsContext {
  readonly style: Style;
  readonly zone: Zone;
  readonly conversation: { readonly id: string; readonly path: string };
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
  /** Largest index that can come up. */
  readonly lastIndex: number;
  readonly fields: readonly string[] | undefined;
  readonly meta: boolean;
  /** Context lines can be among the items. */
  readonly hasContext: boolean;
  /** End paths with NUL in place of a newline. */
  readonly nul: boolean;
}

/** An output format for events: pure, from data to text. */
export interface EventsReporter<T> {
  /** What to keep of an event until it is reported. */
  select(event: LoadedEvent): T;
  /** The output, piece by piece. */
  render(items: readonly ReportItem<T>[], answer: Answer): Iterable<string>;
}
