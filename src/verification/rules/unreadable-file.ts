import { faultRule } from '../rule.ts';

export const unreadableFile = faultRule({
  code: 'unreadable-file',
  severity: 'error',
  meaning: 'The file is there, and the system refuses to read it.',
  cause:
    'Permissions (since 2026 the SDK writes files that only their owner may read), an I/O error, or a link that leads nowhere.',
  consequence: 'Reading it raises the same error of the system.',
  remedy: 'Run as the owner of the files, or mend the permissions or the disk.',
});
