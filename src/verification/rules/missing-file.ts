import type { Rule } from '../rule.ts';
import { CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const missingFile: Rule = {
  code: 'missing-file',
  severity: 'error',
  meaning: 'A sealed file is missing.',
  cause: 'The file was deleted or renamed.',
  consequence: `${CONSEQUENCE.ignoresSeals} If the file is an event file, see index-gap.`,
  remedy: REMEDY.restoreFile,
  *check({ seal }) {
    for (const file of seal?.missing ?? []) {
      yield { file, message: 'the file was sealed and is now missing' };
    }
  },
};
