import type { Rule } from '../rule.ts';

export const modifiedFile: Rule = {
  code: 'modified-file',
  severity: 'error',
  meaning: 'A sealed file has other content than when it was sealed.',
  cause: 'The file was edited, damaged or replaced.',
  consequence: 'Not known: it reads the file as it is.',
  remedy:
    'Restore the file from a backup, and see who could write to it. Event files are never rewritten by the SDK.',
  *check({ seal }) {
    for (const file of seal?.modified ?? []) yield { file, message: 'not what was sealed' };
  },
};
