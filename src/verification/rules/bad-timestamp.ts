import type { Rule } from '../rule.ts';
import type { CheckedFields } from '../rule-context.ts';

const isBadType = ({ schema }: CheckedFields) =>
  schema.bad.some((text) => text.startsWith('timestamp:'));

export const badTimestamp: Rule = {
  code: 'bad-timestamp',
  severity: 'error',
  meaning: 'The timestamp is no ISO 8601 date and time.',
  cause: 'The event was written by something other than the SDK.',
  consequence:
    'It is taken as it is: the event is loaded, but compared with others as text, so that searches by time go wrong.',
  remedy: 'Mend the timestamp.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      // One that is missing, or no text, is a finding of its own.
      const hasText = fields && !fields.schema.missing.includes('timestamp') && !isBadType(fields);
      if (hasText && !fields.stamp) yield { slot, message: 'timestamp is not ISO 8601' };
    }
  },
};
