import type { Fault } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { Stats } from '../../history/stats.ts';
import type { Zone } from '../../time/zone.ts';

export interface StatsReport {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly stats: Stats;
  readonly records: readonly EventRecord[];
  readonly calls: readonly Call[];
  /** Each response of the model by itself. */
  readonly hasSteps: boolean;
  readonly skipped: readonly Fault[];
  readonly zone: Zone;
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}
