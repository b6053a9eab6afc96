import type { LoadedEvent } from '../../domain/event.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { Lease } from '../../domain/facts/lease.ts';
import type { LostRange } from '../../domain/knowledge/lost-events.ts';
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
  /** Of the conversation: status, model, usage … */
  readonly facts: Facts;
  readonly lease: Lease | undefined;
  /** In µs since the epoch. */
  readonly now: number;
  readonly event: LoadedEvent;
  readonly record: EventRecord;
  readonly statuses: BranchStatuses;
  /** The call that the event makes or answers. */
  readonly call: Call | undefined;
  /** The subagents that the call started, as far as the log names them. */
  readonly started: readonly Subagent[];
  /** The other event of the call: the answer to an action, or the action of an answer. */
  readonly partner: LoadedEvent | undefined;
  /** Its file can be unreadable. Undefined for a root, or if no file has it. */
  readonly parent: Slot | undefined;
  /** The parent if no file has it; without an id, it is the event before this one. Undefined for other events. */
  readonly lostParent: { readonly id: string | undefined } | undefined;
  readonly children: readonly Slot[];
  /** The lost events that could be children, too. */
  readonly possibleChildren: readonly LostRange[];
  /** For an answer: the event that it answers, if that event can't be read. */
  readonly answered: Slot | undefined;
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
  /** The path from the root to the last event that the model could see, which is included, as far as it is known. */
  readonly branch: readonly EventRecord[];
  /** `not known beyond #5: the event can't be read`; undefined if the path is known to its root. */
  readonly unknownPart: string | undefined;
  readonly items: readonly ViewItem[];
  /** Text of the summary that a condensation inserts. */
  summaryOf(record: EventRecord): string;
}
