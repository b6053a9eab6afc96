import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const mixedTimezones: Rule = {
  code: 'mixed-timezones',
  severity: 'warning',
  meaning: 'Some timestamps have a UTC offset, and others do not.',
  cause: 'Several programs or machines wrote events to the conversation.',
  consequence: CONSEQUENCE.comparesTimesAsText,
  remedy: 'Use --tz to give the time zone of the timestamps without an offset.',
  *check({ events }) {
    const stamped = events.filter(({ fields }) => fields?.stamp);
    const naive = stamped.filter(({ fields }) => fields?.stamp?.naive);
    const aware = stamped.length - naive.length;
    const isNaiveRarer = aware > naive.length;
    const firstOfRarer = stamped.find(({ fields }) => fields?.stamp?.naive === isNaiveRarer);
    if (naive.length === 0 || aware === 0 || !firstOfRarer) return;
    const withOffset = pluralize(aware, 'timestamp has', 'timestamps have');
    const without = pluralize(naive.length, 'does', 'do');
    yield { slot: firstOfRarer.slot, message: `${withOffset} a UTC offset; ${without} not` };
  },
};
