import type { Rule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const modifiedFile: Rule = {
  code: 'modified-file',
  severity: 'error',
  meaning: 'A file has changed since the conversation was sealed.',
  cause: 'The file was edited, damaged or replaced.',
  consequence: `${CONSEQUENCE.ignoresSeals} It reads the changed file.`,
  remedy:
    'Restore the file from a backup, and find out who could write to the file. The SDK never rewrites event files.',
  *check({ seal }) {
    for (const file of seal?.modified ?? []) {
      yield { file, message: 'the file has changed since the seal' };
    }
  },
};
