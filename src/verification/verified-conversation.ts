import type { Judged } from './judge.ts';
import type { Finding } from './verify.ts';

/** What verifying one conversation found. */
export interface VerifiedConversation extends Judged {
  readonly id: string;
  readonly path: string;
  /** The path as the user wrote it. */
  readonly shownAs: string;
  readonly events: number;
  /** How many of them can't be read. */
  readonly unreadable: number;
  /** Bytes of events read. */
  readonly bytes: number;
  /** Events that the SDK itself would load. */
  readonly reachable: number;
  /** How long verifying took, in ms. */
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}
