import { faultRule } from '../rule.ts';

export const emptyFile = faultRule({
  code: 'empty-file',
  severity: 'error',
  consequence:
    'Reading it raises FileNotFoundError ("Missing event file"), plain iteration skips it in silence, and a ' +
    'conversation with it on its active branch cannot be resumed.',
});
