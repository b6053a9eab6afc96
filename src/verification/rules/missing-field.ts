import type { Rule } from '../rule.ts';

export const missingField: Rule = {
  code: 'missing-field',
  severity: 'error',
  meaning: 'A field is missing that every SDK version writes for this kind.',
  cause: 'The event was written by something other than the SDK, or edited.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log. An id or a timestamp that is missing is made up anew at every read.',
  remedy: 'Restore the event.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields && fields.schema.missing.length > 0) {
        yield { slot, message: `missing: ${fields.schema.missing.join(', ')}` };
      }
    }
  },
};
