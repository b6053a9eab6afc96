import type { Call } from '../../history/calls.ts';
import type { Standings } from '../../history/branch-status.ts';
import type { Fault } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Zone } from '../../time/zone.ts';

export interface CallsReport {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly calls: readonly Call[];
  readonly standings: Standings;
  readonly scanned: number;
  readonly complete: boolean;
  readonly skipped: readonly Fault[];
  readonly zone: Zone;
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}
