import type { Rule } from '../rule.ts';

export const missingFile: Rule = {
  code: 'missing-file',
  severity: 'error',
  meaning: 'A sealed file is gone.',
  cause: 'The file was removed or renamed.',
  consequence: 'Not known from the seal: an event that is missing is a gap as well.',
  remedy: 'Restore the file from a backup.',
  *check({ seal }) {
    for (const file of seal?.missing ?? []) yield { file, message: 'was sealed, and is gone' };
  },
};
