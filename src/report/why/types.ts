import type { Facts } from '../../domain/facts/facts.ts';
import type { Explanation } from '../../history/outcome/explanation.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { ReportContext } from '../context.ts';

export interface WhyReport extends ReportContext, Explanation {
  readonly facts: Facts;
  /** How many event files there are. */
  readonly events: number;
  /** What `verify` says about resuming; undefined if it could not verify the conversation. */
  readonly verdict: Pick<VerifiedConversation, 'sdk' | 'resumes' | 'resume_error'> | undefined;
  /** The conversation as a word of a command line that can be pasted. */
  readonly operand: string;
  /** Commands that show more, most useful first. */
  readonly next: readonly string[];
}
