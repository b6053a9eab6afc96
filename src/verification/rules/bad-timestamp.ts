import type { Rule } from '../rule.ts';
import type { CheckedFields } from '../rule-context.ts';
import { CAUSE } from '../rule-texts.ts';

/** Whether the event has a timestamp that is a string. Otherwise it has a finding of its own. */
function hasTimestampString({ schema }: CheckedFields): boolean {
  return (
    !schema.missingFields.includes('timestamp') &&
    !schema.badFields.some((issue) => issue.startsWith('timestamp:'))
  );
}

export const badTimestamp: Rule = {
  code: 'bad-timestamp',
  severity: 'error',
  meaning: 'The timestamp is not an ISO 8601 date and time.',
  cause: CAUSE.foreign,
  consequence:
    'The SDK loads the event without an error. It compares timestamps as text, so its searches by time can return wrong results.',
  remedy: 'Correct the timestamp.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields && hasTimestampString(fields) && !fields.stamp) {
        yield { slot, message: 'the timestamp is not an ISO 8601 date and time' };
      }
    }
  },
};
