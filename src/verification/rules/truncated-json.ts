import { faultRule } from '../rule.ts';

export const truncatedJson = faultRule({
  code: 'truncated-json',
  severity: 'error',
  meaning: 'The text ends in the middle of the event.',
  cause:
    'The writing process was killed, or the disk was full, before the event was on disk: the SDK writes in place (since 2026 it writes aside and renames).',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy:
    'Restore the file from a backup. Without one, look at what it holds (search --index), and continue from a copy of the conversation that ends before it.',
});
