import type { Rule } from '../rule.ts';
import { CAUSE, CONSEQUENCE } from '../rule-texts.ts';

export const missingField: Rule = {
  code: 'missing-field',
  severity: 'error',
  meaning: 'A field is missing that every SDK version writes for this kind of event.',
  cause: CAUSE.editedOrForeign,
  consequence: `${CONSEQUENCE.validationError} If only the id or the timestamp is missing, the SDK does not raise an exception, but makes up a new value each time it reads the event.`,
  remedy: 'Restore the event.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      const missing = fields?.schema.missingFields ?? [];
      if (missing.length > 0) {
        const message =
          missing.length === 1
            ? `the field ${missing[0]} is missing`
            : `the fields ${missing.join(', ')} are missing`;
        yield { slot, message };
      }
    }
  },
};
