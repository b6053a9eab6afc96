import type { Coverage } from '../../domain/facts/coverage.ts';
import type { StatusesOfEvents } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { Subagent } from '../../history/subagents/subagents.ts';
import type { ReportContext } from '../context.ts';

export interface CallsReport extends ReportContext {
  readonly calls: readonly Call[];
  readonly statuses: StatusesOfEvents;
  /** The subagents that calls started, as far as the log names them. */
  readonly started: ReadonlyMap<Call, readonly Subagent[]>;
  /** How many event files were scanned. */
  readonly scanned: number;
  /** How many of the calls that were found are listed. */
  readonly coverage: Coverage;
}
