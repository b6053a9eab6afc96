import { faultRule } from '../rule.ts';

export const invalidUtf8 = faultRule({
  code: 'invalid-utf8',
  severity: 'error',
  consequence:
    'Reading it raises UnicodeDecodeError; a conversation with it on its active branch cannot be resumed.',
});
