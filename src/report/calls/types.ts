import type { Coverage } from '../../domain/facts/coverage.ts';
import type { StatusesOfEvents } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { CallDetails } from '../../history/sections/call-details.ts';
import type { Subagent } from '../../history/subagents/subagents.ts';
import type { ReportContext } from '../context.ts';

/** How text shows calls. */
export interface CallsView {
  /** Explain the marks first. */
  readonly hasLegend: boolean;
  /** Mark all risks. Else only those that are higher than MEDIUM. */
  readonly marksAllRisks: boolean;
  /** Wrap what is too long for the terminal. Else it is cut. */
  readonly wraps: boolean;
  /** One line for calls that are repeated. */
  readonly folds: boolean;
}

export interface CallsReport extends ReportContext {
  /** In the order in which they are shown. */
  readonly calls: readonly Call[];
  /** They are shown in index order. */
  readonly isInOrder: boolean;
  /** All calls of the conversations, whether they are listed or not. */
  readonly allCalls: readonly Call[];
  readonly statuses: StatusesOfEvents;
  /** The subagents that calls started, as far as the log names them. */
  readonly started: ReadonlyMap<Call, readonly Subagent[]>;
  /** Reads the details of the listed calls, in their order. */
  read(): AsyncIterable<{ readonly call: Call; readonly details: CallDetails }>;
  /** Paths of the fields to print; undefined for all. */
  readonly fields: readonly string[] | undefined;
  /** Whether to add `_meta` to each call. */
  readonly meta: boolean;
  /** How many event files were scanned. */
  readonly scanned: number;
  /** How many of the calls that were found are listed. */
  readonly coverage: Coverage;
  readonly view: CallsView;
}
