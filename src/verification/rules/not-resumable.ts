import type { Rule } from '../rule.ts';
import { verdictMatch } from '../verdict-findings.ts';

export const notResumable: Rule = {
  code: 'not-resumable',
  severity: 'error',
  meaning:
    'The SDK cannot resume the conversation, for a reason that no other error of this conversation is about.',
  cause:
    'A value was edited or written by another program, or the tools that the agent had were removed from the SDK.',
  consequence:
    'The SDK raises the exception that the message names when it resumes the conversation.',
  remedy:
    'Restore the file that the message names. With `--sdk` you choose the SDK version that judges; `--ignore not-resumable` leaves the finding out.',
  isVerdict: true,
  *check({ verdict }) {
    if (verdict && verdict.resumedBy === undefined) yield verdictMatch(verdict);
  },
};
