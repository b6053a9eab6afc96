import { faultRule } from '../rule.ts';

export const invalidJson = faultRule({
  code: 'invalid-json',
  severity: 'error',
  consequence:
    'Reading it raises ValidationError; a conversation with it on its active branch cannot be resumed.',
});
