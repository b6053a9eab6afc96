import { faultRule } from '../rule.ts';

export const oversizedFile = faultRule({
  code: 'oversized-file',
  severity: 'warning',
  consequence: 'It is loaded whole, at the cost of its size in memory.',
});
