import { faultRule } from '../rule.ts';

export const trailingBytes = faultRule({
  code: 'trailing-bytes',
  severity: 'error',
  consequence:
    'Reading it raises ValidationError; a conversation with it on its active branch cannot be resumed.',
});
