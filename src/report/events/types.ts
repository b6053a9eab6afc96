import type { ResultItem, SelectRow } from '../../query/result-items.ts';
import type { SearchResult } from '../../query/search-request.ts';
import type { ReportContext } from '../context.ts';
import type { BranchMarks } from '../text/branch-marks.ts';

export type ResultItems<T> = AsyncIterable<ResultItem<T>> | Iterable<ResultItem<T>>;

/** What a report contains about the whole result, beside its events. */
type Answer = Pick<SearchResult, 'nextPage' | 'scanned' | 'complete'>;

/** Events that a search or a tail found. */
export interface EventsReport extends ReportContext {
  /** Reads the events, and keeps of each what `select` returns. To be called once. */
  read<T>(select: SelectRow<T>): ResultItems<T>;
  readonly answer: Answer;
  /** Largest index that can occur. */
  readonly lastIndex: number;
  /** Paths of the only fields to print; undefined for all. */
  readonly fields: readonly string[] | undefined;
  /** Add `_meta` to each event. */
  readonly meta: boolean;
  /** Marks events that are off the branch, or forgotten, if a branch was selected. */
  readonly marks: BranchMarks | undefined;
  /** Context lines can be among the events. */
  readonly hasContext: boolean;
  /** End paths with NUL instead of a newline. */
  readonly nul: boolean;
}
