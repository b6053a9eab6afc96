import { faultRule } from '../rule.ts';

export const emptyFile = faultRule({
  code: 'empty-file',
  severity: 'error',
  meaning: 'The event file has no bytes.',
  cause:
    'The writing process was killed, or the disk was full, before the event was on disk: the SDK writes in place (since 2026 it writes aside and renames).',
  consequence:
    'Reading it raises FileNotFoundError, "Missing event file", though the file is there; plain iteration skips it in silence. On the active branch it keeps the conversation from being resumed.',
  remedy:
    'Restore the file from a backup. Without one, look at what it holds (search --index), and continue from a copy of the conversation that ends before it.',
});
