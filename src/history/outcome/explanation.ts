import type { LostRange } from '../../domain/knowledge/lost-events.ts';
import type { Call } from '../calls.ts';
import type { EventRecord } from '../event-record.ts';
import type { Subagent } from '../subagents/subagents.ts';
import type { LoopSummary } from './loop-summary.ts';
import type { Ending } from './outcome.ts';

/** A text of an event. */
export interface EventText {
  readonly record: EventRecord;
  readonly text: string;
}

/** Why a conversation ended as it did, from the events of the branch that it goes on from. */
export interface Explanation {
  readonly ending: Ending;
  /** How many events are on other branches. They count for nothing here. */
  readonly offBranch: number;
  /** Events that have no file. What they contain counts for nothing here. */
  readonly missing: readonly LostRange[];
  /** The error that ended it, else the last event that reports a failure. */
  readonly lastError: EventText | undefined;
  readonly loops: readonly LoopSummary[];
  readonly calls: readonly Call[];
  /** Calls that failed, were rejected or could not be executed, in order. */
  readonly failed: readonly Call[];
  readonly unanswered: readonly Call[];
  /** Calls of which it is not known whether they were answered. */
  readonly undecided: readonly Call[];
  /** The last thing that the agent said. */
  readonly lastWords: EventText | undefined;
  /** Subagents that did not come to their end. */
  readonly subagentEnds: readonly EndedSubagent[];
}

export interface EndedSubagent {
  readonly subagent: Subagent;
  readonly ending: Ending;
}
