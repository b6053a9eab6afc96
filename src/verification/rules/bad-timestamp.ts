import type { Rule } from '../rule.ts';
import type { Told } from '../rule-context.ts';

const isBadType = ({ shape }: Told) => shape.bad.some((text) => text.startsWith('timestamp:'));

export const badTimestamp: Rule = {
  code: 'bad-timestamp',
  severity: 'error',
  meaning: 'The timestamp is no ISO 8601 date and time.',
  cause: 'The event was written by something other than the SDK.',
  consequence:
    'It is taken as it is: the event is loaded, but compared with others as text, so that searches by time go wrong.',
  remedy: 'Mend the timestamp.',
  *check({ events }) {
    for (const { slot, told } of events) {
      // One that is missing, or no text, is a finding of its own.
      const hasText = told && !told.shape.missing.includes('timestamp') && !isBadType(told);
      if (hasText && !told.stamp) yield { slot, message: 'timestamp is not ISO 8601' };
    }
  },
};
