import type { Fault } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Divergence } from '../../history/divergence.ts';
import type { Stats } from '../../history/stats.ts';
import type { Zone } from '../../time/zone.ts';

/** One of the two conversations. */
export interface Side {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly stats: Stats;
  readonly model: string | undefined;
  /** What the user said first; not safe to show as it is. */
  readonly firstMessage: string | undefined;
  /** On the active branch. */
  readonly calls: number;
  readonly tools: ReadonlyMap<string, number>;
  readonly statuses: BranchStatuses;
  readonly skipped: readonly Fault[];
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}

export interface DiffReport {
  readonly sides: readonly [Side, Side];
  readonly divergence: Divergence;
  readonly isSame: boolean;
  readonly zone: Zone;
}
