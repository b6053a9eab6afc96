import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const mixedTimezones: Rule = {
  code: 'mixed-timezones',
  severity: 'warning',
  meaning: 'Some timestamps have an offset, and others have none.',
  cause: 'Events of several writers or machines are in one conversation.',
  consequence: 'It compares timestamps as text, so that searches by time go wrong.',
  remedy: 'Say with --tz in which zone those without an offset were written.',
  *check({ events }) {
    const stamped = events.filter(({ fields }) => fields?.stamp);
    const naive = stamped.filter(({ fields }) => fields?.stamp?.naive);
    const aware = stamped.length - naive.length;
    const odd = stamped.find(({ fields }) => fields?.stamp?.naive === aware > naive.length);
    if (naive.length === 0 || aware === 0 || !odd) return;
    yield {
      slot: odd.slot,
      message: `${pluralize(aware, 'timestamp')} with an offset, ${naive.length} without`,
    };
  },
};
