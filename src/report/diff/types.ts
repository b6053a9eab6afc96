import type { BranchStatuses } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { Alignment } from '../../history/comparison/alignment.ts';
import type { ComparedFile } from '../../history/comparison/compared-files.ts';
import type { Divergence } from '../../history/comparison/divergence.ts';
import type { ShortPaths } from '../../history/comparison/short-paths.ts';
import type { Ending } from '../../history/outcome/outcome.ts';
import type { ConversationStats } from '../../history/stats.ts';
import type { Zone } from '../../time/zone.ts';
import type { ReportContext } from '../context.ts';

/** One of the two conversations. */
export interface Side extends ReportContext {
  readonly stats: ConversationStats;
  /** The user's first message. Not safe to print as it is. */
  readonly firstMessage: string | undefined;
  /** How many calls are on the active branch. */
  readonly calls: number;
  /** How many of these only think. They are not compared. */
  readonly thoughts: number;
  /** Tool → how many calls of it are on the active branch. */
  readonly tools: ReadonlyMap<string, number>;
  /** How it ended, and why. The reason is not safe to print as it is. */
  readonly ending: Ending;
  /** The calls on the active branch that failed, were rejected or could not be executed. */
  readonly failed: readonly Call[];
  readonly paths: ShortPaths;
  readonly statuses: BranchStatuses;
}

export interface DiffReport {
  readonly sides: readonly [a: Side, b: Side];
  readonly divergence: Divergence;
  /** The calls side by side, without those that only think. */
  readonly aligned: Alignment;
  /** The files that calls name, those that were changed first. */
  readonly files: readonly ComparedFile[];
  /** The text has only the summary, not the calls side by side. */
  readonly isSummary: boolean;
  /** Both have the same calls, answers, status, number of errors, and number of events of each kind. Undefined if that is not known. */
  readonly isSame: boolean | undefined;
  /** What is not known of them: `a: #5 can't be read`. Not safe to print as it is. */
  readonly unknown: readonly string[];
  readonly zone: Zone;
}
