import type { VerifiedConversation } from '../../verification/verified-conversation.ts';

export interface Totals {
  readonly conversations: number;
  readonly events: number;
  /** How many of them can't be read. */
  readonly unreadable: number;
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
