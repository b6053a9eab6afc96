import type { GoneFinding } from '../../verification/baseline/baseline.ts';
import type { Severity } from '../../verification/rule.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Finding } from '../../verification/verify.ts';

/** What makes a run fail: findings that are at least this severe, or a conversation that can't be resumed. */
export const FAIL_ON = ['error', 'warning', 'not-resumable'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** How many conversations have each verdict. */
export type ResumeTotals = Readonly<Record<VerifiedConversation['resumes'], number>>;

export interface Totals {
  readonly conversations: number;
  readonly events: number;
  /** How many of them can't be read. */
  readonly unreadable: number;
  readonly bytes: number;
  /** Findings that the baseline does not have, whether they are shown or not. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly resumes: ResumeTotals;
}

/** A verified conversation, with its findings divided into those that are shown and those that are not. */
export interface ReportedConversation extends VerifiedConversation {
  /** The findings to show: severe enough, and not in the baseline. */
  readonly findings: readonly Finding[];
  /** The findings that the baseline has. They do not make the run fail. */
  readonly known: readonly Finding[];
  /** Its verdict on resuming is not `yes`, and the baseline has the same verdict. */
  readonly isVerdictKnown: boolean;
  /** It makes the run fail. */
  readonly fails: boolean;
}

export interface VerifyReport {
  /** Nothing of the chosen codes makes the run fail, and everything could be verified. */
  readonly ok: boolean;
  /** How many things could not be verified. */
  readonly failures: number;
  readonly failOn: FailOn;
  /** The least severe findings that are shown. */
  readonly minSeverity: Severity;
  readonly conversations: readonly ReportedConversation[];
  readonly totals: Totals;
  /** How long verifying took, in ms. */
  readonly durationMs: number;
  /** Text has no findings: only a line for each conversation that is not fine, and the totals. */
  readonly isSummary: boolean;
  /** The user chose some of the codes, so that problems of other codes are not known. */
  readonly isSelection: boolean;
  /** Undefined if there is no baseline. */
  readonly baseline: BaselineTotals | undefined;
}

interface BaselineTotals {
  /** How many findings are left out because the baseline has them. */
  readonly known: number;
  /** Findings of the baseline that are no longer there. */
  readonly gone: readonly GoneFinding[];
}
