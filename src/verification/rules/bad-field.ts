import type { Rule } from '../rule.ts';

export const badField: Rule = {
  code: 'bad-field',
  severity: 'error',
  meaning: 'A field has a value that no SDK version could have written.',
  cause: 'The event was written by something other than the SDK, or edited.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy: 'Restore the event, or mend the field.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields && fields.schema.bad.length > 0)
        yield { slot, message: fields.schema.bad.join('; ') };
    }
  },
};
