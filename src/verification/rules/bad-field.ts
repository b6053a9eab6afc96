import type { Rule } from '../rule.ts';
import { CAUSE, CONSEQUENCE } from '../rule-texts.ts';

export const badField: Rule = {
  code: 'bad-field',
  severity: 'error',
  meaning: 'A field has a value that no SDK version could have written.',
  cause: CAUSE.editedOrForeign,
  consequence: CONSEQUENCE.validationError,
  remedy: 'Restore the event, or correct the field.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      const bad = fields?.schema.badFields ?? [];
      if (bad.length > 0) yield { slot, message: bad.join('; ') };
    }
  },
};
