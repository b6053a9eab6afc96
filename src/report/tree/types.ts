import type { Branches } from '../../history/branches.ts';
import type { ReportContext } from '../context.ts';

export interface TreeReport extends ReportContext {
  readonly branches: Branches;
}
