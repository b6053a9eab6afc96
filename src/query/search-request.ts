import type { EventTimes } from '../domain/clock/joined-clock.ts';
import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { Zone } from '../time/zone.ts';
import type { Filter } from './filter.ts';
import type { ResultLine } from './page.ts';

/** How results are sorted: by time, or as the events were written. */
type SearchOrder = 'time' | 'index';

export interface SearchRequest {
  readonly filter: Filter;
  readonly zone: Zone;
  /** Decides which time is meant by a local time that occurs twice. Default: the first. */
  readonly clock?: EventTimes;
  /** Default: by time. */
  readonly order?: SearchOrder;
  readonly descending: boolean;
  /** Hits wanted. Undefined means all. */
  readonly limit?: number;
  /** Event id, or file name, at which to begin. For an event of a subagent, after the way to it and a slash. */
  readonly page?: string;
  /** The source is in no order of time, so every event must be read, whatever the limit. */
  readonly readsAll?: boolean;
  /** Events wanted before and after each hit. */
  readonly before: number;
  readonly after: number;
}

export interface SearchResult {
  readonly lines: readonly ResultLine[];
  /** Value of `page` for the page after this one; null if this is the last page. */
  readonly nextPage: string | null;
  /** Event files looked at. */
  readonly scanned: number;
  /** Every event that could take part in the result was looked at. */
  readonly complete: boolean;
  readonly skipped: Fault[];
  /** Class names of the events looked at. */
  readonly kinds: ReadonlySet<string>;
  /**
   * Events far behind the beginning of the page whose times are before it. The first page, which its limit cut short,
   * may have missed them.
   */
  readonly displaced: readonly Slot[];
  /** How many of the events looked at would match if whole-file fields were searched too. */
  readonly onlyInFiles: number;
}
