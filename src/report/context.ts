import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { Zone } from '../time/zone.ts';

/** The part that all reports on one conversation share. */
export interface ReportContext {
  /** The id is the name of the folder. The path is absolute. */
  readonly conversation: { readonly id: string; readonly path: string };
  readonly zone: Zone;
  /** Events that can't be read, so they are missing from the report. The list can grow while events are read. */
  readonly skipped: readonly Fault[];
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}

/** The absolute path of a slot's file, for links on a terminal. */
export function pathOf({ conversation, fileOf }: ReportContext, slot: Slot): string {
  return `${conversation.path}/${fileOf(slot)}`;
}
