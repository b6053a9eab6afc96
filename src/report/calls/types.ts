import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { ReportContext } from '../context.ts';

export interface CallsReport extends ReportContext {
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  /** Event files looked at. */
  readonly scanned: number;
  /** No limit left out any call. */
  readonly complete: boolean;
}
