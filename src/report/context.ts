import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { Zone } from '../time/zone.ts';

/** What all reports on one conversation have in common. */
export interface ReportContext {
  /** Id as the folder is named, and absolute path. */
  readonly conversation: { readonly id: string; readonly path: string };
  readonly zone: Zone;
  /** Events that can't be read, and are missing from the report. More can be added while events are read. */
  readonly skipped: readonly Fault[];
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}

/** The path of a slot's file, for links on a terminal. */
export function pathOf({ conversation, fileOf }: ReportContext, slot: Slot): string {
  return `${conversation.path}/${fileOf(slot)}`;
}
