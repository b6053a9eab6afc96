import type { Lease } from '../../domain/facts/lease.ts';
import type { Call } from '../../history/calls.ts';
import type { ContextStats } from '../../history/context.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { ConversationStats } from '../../history/stats.ts';
import type { TreeStats } from '../../history/subagents/tree-stats.ts';
import type { LoopTotals } from '../../history/totals/loop-totals.ts';
import type { StepOrder } from '../../history/totals/model-steps.ts';
import type { ReportContext } from '../context.ts';

export interface StatsReport extends ReportContext {
  readonly stats: ConversationStats;
  readonly records: readonly EventRecord[];
  readonly calls: readonly Call[];
  readonly loops: LoopTotals;
  readonly context: ContextStats;
  readonly lease: Lease | undefined;
  /** In µs since the epoch. */
  readonly now: number;
  /** With --subagents: the sum over the conversation and its subagents. */
  readonly tree?: TreeStats;
  /** Whether to list each response of the model. */
  readonly hasSteps: boolean;
  readonly stepOrder: StepOrder;
  /** The other way round. */
  readonly isReversed: boolean;
}
