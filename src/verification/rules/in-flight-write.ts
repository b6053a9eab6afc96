import { faultRule } from '../rule.ts';

export const inFlightWrite = faultRule({
  code: 'in-flight-write',
  severity: 'info',
  consequence: 'None, once the writer has finished.',
});
