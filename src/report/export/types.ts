import type { Fault, JsonObject } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { Stats } from '../../history/stats.ts';
import type { Zone } from '../../time/zone.ts';

/** An event as it is exported: secrets are replaced as it is asked for what holds them. Ask once. */
export interface Exported {
  readonly record: EventRecord;
  readonly value: JsonObject;
  /** Its JSON, as its file has it but for the secrets. */
  readonly text: string;
  /** The call that it makes, or that it answers. */
  readonly call: Call | undefined;
}

/** What is exported of a conversation. Texts are not safe to show as they are. */
export interface ExportReport {
  readonly conversation: { readonly id: string; readonly path: string };
  /** Its title, else the first words that the user said. */
  readonly title: string | undefined;
  readonly model: string | undefined;
  readonly stats: Stats;
  /** Of the whole conversation, in index order. */
  readonly records: readonly EventRecord[];
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  /** The events that are exported, in index order. */
  readonly shown: readonly EventRecord[];
  /** They are read as they are taken. */
  readonly events: AsyncIterable<Exported>;
  /** Whether there are events that a filter left out. */
  readonly isPart: boolean;
  /** Events that could not be read. */
  readonly skipped: readonly Fault[];
  /** Secrets replaced so far, by rule; undefined where that was not asked for. Whole once the events have been taken. */
  readonly redacted: ReadonlyMap<string, number> | undefined;
  readonly zone: Zone;
  /** A slot's file, relative to the conversation's directory. */
  fileOf(slot: Slot): string;
}

/** Characters that a bounded document may take. */
export interface ExportLimits {
  readonly length: number;
  /** Nothing is cut. */
  readonly isWhole: boolean;
}

/** An export format: pure, from data to text, piece by piece. */
export type RenderExport = (report: ExportReport, limits: ExportLimits) => AsyncIterable<string>;
