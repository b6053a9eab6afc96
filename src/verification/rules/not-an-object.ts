import { faultRule } from '../rule.ts';

export const notAnObject = faultRule({
  code: 'not-an-object',
  severity: 'error',
  consequence:
    'Reading it raises ValidationError; a conversation with it on its active branch cannot be resumed.',
});
