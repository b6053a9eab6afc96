import { faultRule } from '../rule.ts';

export const unreadableFile = faultRule({
  code: 'unreadable-file',
  severity: 'error',
  meaning: 'The file exists, but the operating system refuses to read it.',
  cause:
    'The user has no permission, an I/O error occurred, or the file is a symbolic link to a missing target. Since 2026 only the owner can read the files that the SDK writes.',
  consequence: 'The SDK raises the same operating system error when it reads the event.',
  remedy:
    'Run convoscope as the owner of the files, or repair the permissions, the link or the disk.',
});
