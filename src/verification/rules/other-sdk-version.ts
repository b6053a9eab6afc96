import type { Rule } from '../rule.ts';
import { verdictMatch } from '../verdict-findings.ts';

export const otherSdkVersion: Rule = {
  code: 'other-sdk-version',
  severity: 'error',
  meaning:
    'The SDK version that judges cannot resume the conversation, but another released version can: nothing is damaged.',
  cause: 'An older or a newer SDK version wrote the conversation, in a format that differs.',
  consequence:
    'This SDK version raises the exception that the message names when it resumes the conversation.',
  remedy:
    'Resume the conversation with a version that the message names. `--sdk <version>` judges by that version, `--sdk all` by every version, and `--ignore other-sdk-version` leaves the finding out.',
  isVerdict: true,
  *check({ verdict }) {
    if (verdict?.resumedBy !== undefined) yield verdictMatch(verdict);
  },
};
