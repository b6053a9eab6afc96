import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { ExportedEvent } from '../../history/exported-event.ts';
import type { ConversationStats } from '../../history/stats.ts';
import type { ReportContext } from '../context.ts';

export type { ExportedEvent };

/** What is exported of a conversation. Texts are not safe to print as they are. */
export interface ExportReport extends ReportContext {
  /** The conversation's title, else the user's first words. */
  readonly title: string | undefined;
  readonly model: string | undefined;
  readonly stats: ConversationStats;
  /** All events of the conversation, in index order. */
  readonly records: readonly EventRecord[];
  /** All calls of the conversation, in index order. */
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  /** The events that are exported, in index order. */
  readonly shown: readonly EventRecord[];
  /** The same events, read as they are taken. */
  readonly events: AsyncIterable<ExportedEvent>;
  /** A filter left out events. */
  readonly isPart: boolean;
  /** How many secrets were replaced, by rule; undefined if that was not asked for. Complete once the events are taken. */
  readonly redacted: ReadonlyMap<string, number> | undefined;
  readonly limits: ExportLimits;
}

/** How long a document may be. */
export interface ExportLimits {
  /** Characters of a document that is cut, in UTF-16 units. */
  readonly length: number;
  /** Nothing is cut. */
  readonly isWhole: boolean;
}
