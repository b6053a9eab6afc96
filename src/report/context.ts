import type { Fault } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { Subagents } from '../history/subagents/subagents.ts';
import type { Zone } from '../time/zone.ts';

/** The part that all reports on one conversation share. */
export interface ReportContext {
  /** The id is the name of the folder. The path is absolute. */
  readonly conversation: { readonly id: string; readonly path: string };
  readonly zone: Zone;
  /** Events that can't be read, so they are missing from the report. The list can grow while events are read. */
  readonly skipped: readonly Fault[];
  /** The report includes the subagents. */
  readonly withSubagents: boolean;
  /** The conversations that are stored inside this one, whether the report includes them or not. */
  subagents(): Subagents;
  /** A slot's file, relative to the conversation's directory, also if the event belongs to a subagent. */
  fileOf(slot: Slot): string;
}

/** Id of the conversation that an event belongs to, in a report on one conversation or with its subagents. */
export function conversationOf({ conversation }: ReportContext, slot: Slot): string {
  return slot.conversation?.id ?? conversation.id;
}

/** The absolute path of a slot's file, for links on a terminal. */
export function pathOf({ conversation, fileOf }: ReportContext, slot: Slot): string {
  return `${conversation.path}/${fileOf(slot)}`;
}
