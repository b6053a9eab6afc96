import type { LoadedEvent } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { ResponseUsage } from '../../history/usage.ts';
import type { Zone } from '../../time/zone.ts';

/** One event with what surrounds it. */
export interface ShowReport {
  readonly conversation: { readonly id: string; readonly path: string };
  readonly event: LoadedEvent;
  readonly record: EventRecord;
  readonly statuses: BranchStatuses;
  /** The call that it makes, or that it answers. */
  readonly call: Call | undefined;
  /** The other side of the call: an action's answer, an answer's action. */
  readonly partner: LoadedEvent | undefined;
  readonly parent: Slot | undefined;
  readonly children: readonly Slot[];
  /** Of a condensation: the events that it forgot, in index order. */
  readonly forgot: readonly Slot[];
  /** The model response that it comes from. */
  readonly response: Response | undefined;
  readonly zone: Zone;
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}

interface Response {
  readonly id: string;
  /** Its events, in index order. */
  readonly events: readonly Slot[];
  /** What the state tells of it. */
  readonly step: ResponseUsage | undefined;
}
