import { faultRule } from '../rule.ts';

export const truncatedJson = faultRule({
  code: 'truncated-json',
  severity: 'error',
  consequence:
    'Reading it raises ValidationError; a conversation with it on its active branch cannot be resumed.',
});
