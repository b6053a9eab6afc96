import { faultRule } from '../rule.ts';

export const notAFile = faultRule({
  code: 'not-a-file',
  severity: 'error',
  consequence: 'It takes the place of an event in the index, and reading it raises or hangs.',
});
