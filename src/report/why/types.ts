import type { Facts } from '../../domain/facts/facts.ts';
import type { Explanation } from '../../history/outcome/explanation.ts';
import type { Judged } from '../../verification/judge.ts';
import type { ReportContext } from '../context.ts';

export interface WhyReport extends ReportContext, Explanation {
  readonly facts: Facts;
  /** How many event files there are. */
  readonly events: number;
  /** Whether the newest SDK can resume it, as `verify` says. */
  readonly verdict: Judged;
  /** The conversation as a word of a command line that can be pasted. */
  readonly operand: string;
  /** Commands that show more, most useful first. */
  readonly next: readonly string[];
}
