import type { LoadedEvent } from '../../domain/event.ts';
import type { BranchCounts } from '../../history/branch-status.ts';
import type { ResultItem, SelectRow } from '../../query/result-items.ts';
import type { SearchResult } from '../../query/search-request.ts';
import type { FieldMatches } from '../../query/text-search/field-matches.ts';
import type { ReportContext } from '../context.ts';
import type { BranchMarks } from '../text/branch-marks.ts';

type ResultItems<T> = AsyncIterable<ResultItem<T>> | Iterable<ResultItem<T>>;

/** Facts about the whole result, which a report contains in addition to the events. */
type Answer = Pick<SearchResult, 'nextPage' | 'scanned' | 'complete'>;

/** Events that a search or a tail found. */
export interface EventsReport extends ReportContext {
  /** Reads the events, and keeps only what `select` returns for each. Call it once. */
  read<T>(select: SelectRow<T>): ResultItems<T>;
  readonly answer: Answer;
  /** The largest index that can occur. */
  readonly lastIndex: number;
  /** Paths of the fields to print; undefined for the whole event. */
  readonly fields: readonly string[] | undefined;
  /** Whether to add `_meta` to each event. */
  readonly meta: boolean;
  /** Marks events that are off the branch, or forgotten, if a branch was selected. */
  readonly marks: BranchMarks | undefined;
  /** Given if a branch was selected. */
  readonly marked?: BranchCounts;
  /** Whether events can be context lines (-A, -B, -C). */
  readonly hasContext: boolean;
  /** What of an event's text matches; undefined if it is not known. Left out if it is not shown. */
  readonly matchesIn?: (event: LoadedEvent) => readonly FieldMatches[] | undefined;
  /** Whether to list the matches in `_meta`. */
  readonly listsMatches: boolean;
  /** How wide lines of text can be, in columns. Undefined for the width of the terminal. */
  readonly maxColumns: number | undefined;
  /** Whether to print the lines that match as a whole. */
  readonly isFull: boolean;
  /** Whether paths end with NUL instead of a newline. */
  readonly nul: boolean;
}
