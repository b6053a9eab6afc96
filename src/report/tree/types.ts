import type { FactSource } from '../../domain/facts/facts.ts';
import type { Branches } from '../../history/branches.ts';
import type { ReportContext } from '../context.ts';

export interface TreeReport extends ReportContext {
  readonly branches: Branches;
  /** Where the leaf is named; undefined if it is the last event that can be one. */
  readonly leafSource: FactSource | undefined;
}
