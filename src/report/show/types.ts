import type { LoadedEvent } from '../../domain/event.ts';
import type { Slot } from '../../domain/slot.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { ViewItem } from '../../history/model-view.ts';
import type { Subagent } from '../../history/subagents/subagents.ts';
import type { ResponseUsage } from '../../history/usage.ts';
import type { ReportContext } from '../context.ts';

/** One event and its surroundings. */
export interface ShowReport extends ReportContext {
  readonly event: LoadedEvent;
  readonly record: EventRecord;
  readonly statuses: BranchStatuses;
  /** The call that the event makes or answers. */
  readonly call: Call | undefined;
  /** The subagents that the call started, as far as the log names them. */
  readonly started: readonly Subagent[];
  /** The other event of the call: the answer to an action, or the action of an answer. */
  readonly partner: LoadedEvent | undefined;
  readonly parent: Slot | undefined;
  readonly children: readonly Slot[];
  /** For a condensation: the events that it forgot, in index order. */
  readonly forgot: readonly Slot[];
  /** The model response that the event comes from. */
  readonly response: ModelResponse | undefined;
}

interface ModelResponse {
  readonly id: string;
  /** Its events, in index order. */
  readonly events: readonly Slot[];
  /** What the state records about it. */
  readonly step: ResponseUsage | undefined;
}

/** What the model could see at an event. */
export interface ViewReport extends ReportContext {
  readonly at: EventRecord;
  /** The path from the root to the last event that the model could see, which is included. */
  readonly branch: readonly EventRecord[];
  readonly items: readonly ViewItem[];
  /** Text of the summary that a condensation inserts. */
  summaryOf(record: EventRecord): string;
}
