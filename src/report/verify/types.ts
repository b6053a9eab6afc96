import type { Resume } from '../../verification/resume.ts';
import type { Finding } from '../../verification/verify.ts';
import type { Style } from '../text/style.ts';

/** What verifying one conversation found. */
export interface VerifiedConversation extends Resume {
  readonly id: string;
  readonly path: string;
  /** The path as the user wrote it. */
  readonly shownAs: string;
  readonly events: number;
  readonly bytes: number;
  readonly reachable: number;
  readonly findings: readonly Finding[];
}

export interface Totals {
  readonly conversations: number;
  readonly events: number;
  readonly bytes: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export interface VerifyReport {
  readonly ok: boolean;
  /** How many things could not be verified. */
  readonly failures: number;
  /** Warnings fail too. */
  readonly isStrict: boolean;
  readonly conversations: readonly VerifiedConversation[];
  readonly totals: Totals;
}

/** An output format for verify: pure, from data to text. */
export type VerifyReporter = (report: VerifyReport, style: Style) => Iterable<string>;
