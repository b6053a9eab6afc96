import type { Fault } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { Zone } from '../../time/zone.ts';

export interface CallsReport {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  readonly scanned: number;
  readonly complete: boolean;
  readonly skipped: readonly Fault[];
  readonly zone: Zone;
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}
