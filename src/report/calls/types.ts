import type { Coverage } from '../../domain/facts/coverage.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { ReportContext } from '../context.ts';

export interface CallsReport extends ReportContext {
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  /** How many event files were scanned. */
  readonly scanned: number;
  /** How many of the calls that were found are listed. */
  readonly coverage: Coverage;
}
