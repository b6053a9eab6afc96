import type { LoadedEvent } from '../../model/event.ts';
import type { Slot } from '../../model/slot.ts';
import type { Zone } from '../../model/zone.ts';
import type { Item } from '../../query/page.ts';
import type { SearchResult } from '../../query/search.ts';
import type { Style } from '../style.ts';

/** What an answer as a whole tells, beside its events. */
type Answer = Pick<SearchResult<unknown>, 'nextPage' | 'scanned' | 'complete' | 'skipped'>;

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
  select(event: LoadedEvent, isHit: boolean): T;
  /** The output, piece by piece. */
  render(items: readonly Item<T>[], answer: Answer): Iterable<string>;
}
