import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type {
  ExportedEnding,
  ExportedEvent,
  ExportedStory,
} from '../../history/export/exported-event.ts';
import type { ConversationStats } from '../../history/stats.ts';
import type { ReportContext } from '../context.ts';

export type { ExportedEvent };

/** The contents of an export. Texts are not safe to print as they are. */
export interface ExportReport extends ReportContext {
  /** The title of the conversation, else the user's first words. */
  readonly title: string | undefined;
  /** Undefined in formats that do not show it. */
  readonly ending: ExportedEnding | undefined;
  /** Undefined in formats without a summary. */
  readonly story: ExportedStory | undefined;
  readonly stats: ConversationStats;
  /** All events of the conversation, in index order. */
  readonly records: readonly EventRecord[];
  /** All calls of the conversation, in index order. */
  readonly calls: readonly Call[];
  readonly statuses: BranchStatuses;
  /** Up to where the branch is known; undefined if all of it is known. */
  readonly unknownPart: string | undefined;
  /** The events that are exported, in index order. */
  readonly shown: readonly EventRecord[];
  /** The same events, for people in the order of calls: see inCallOrder. Each is read when it is requested. */
  readonly events: AsyncIterable<ExportedEvent>;
  /** A filter leaves out events. */
  readonly isPart: boolean;
  /** Rule → how many secrets were replaced; undefined without --redact. Complete when all events have been read. */
  readonly redacted: ReadonlyMap<string, number> | undefined;
  /** What was replaced where, without the values. Complete when all events have been read. */
  readonly replacements: () => readonly Replacement[];
  readonly limits: ExportLimits;
}

/** How often a rule replaced something at a place. */
interface Replacement {
  /** The index of the event; undefined for what is before the events. */
  readonly index: number | undefined;
  /** Where in the event, without secrets; undefined in a key. */
  readonly path: string | undefined;
  readonly rule: string;
  readonly family: string;
  readonly count: number;
}

/** How long a document may be. */
export interface ExportLimits {
  /** Maximum length of the document, in UTF-16 units. */
  readonly length: number;
  /** The limit does not apply: nothing is cut. */
  readonly isWhole: boolean;
}
