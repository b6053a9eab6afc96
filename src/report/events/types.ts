import type { Slot } from '../../domain/slot.ts';
import type { ResultItem, SelectRow } from '../../query/result-items.ts';
import type { SearchResult } from '../../query/search.ts';
import type { Zone } from '../../time/zone.ts';
import type { BranchMarks } from '../text/branch-marks.ts';
import type { Style } from '../text/style.ts';

/** What an answer as a whole tells, beside its events. */
type Answer = Pick<SearchResult, 'nextPage' | 'scanned' | 'complete' | 'skipped'>;

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
  /** Marks of what is off the branch or forgotten, where a branch was asked for. */
  readonly marks: BranchMarks | undefined;
  /** Context lines can be among the items. */
  readonly hasContext: boolean;
  /** End paths with NUL in place of a newline. */
  readonly nul: boolean;
}

export type ResultItems<T> = AsyncIterable<ResultItem<T>> | Iterable<ResultItem<T>>;

/** An output format for events: pure, from data to text. */
export interface EventsReporter<T> {
  /** What to keep of an event until it is reported. */
  readonly select: SelectRow<T>;
  /** The output, piece by piece. The answer is complete once the items have been taken. */
  render(items: ResultItems<T>, answer: Answer): AsyncIterable<string>;
}
