import { faultRule } from '../rule.ts';

export const unreadableFile = faultRule({
  code: 'unreadable-file',
  severity: 'error',
  consequence: 'Reading it raises; a conversation with it on its active branch cannot be resumed.',
});
