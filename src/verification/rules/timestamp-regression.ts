import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const timestampRegression: Rule = {
  code: 'timestamp-regression',
  severity: 'info',
  meaning: 'Events are stamped before the event that stands before them.',
  cause: 'State updates are stamped when they are made, and written later; or a clock was set.',
  consequence:
    'It takes the order of indices for that of time: its searches by time can be out of order.',
  remedy: 'None is needed.',
  *check({ events }) {
    const back = events.filter(({ fields }, at) => {
      const [now, before] = [fields?.stamp, events[at - 1]?.fields?.stamp];
      // Stamps with and without an offset can't be told apart here.
      return now && before && now.naive === before.naive && now.us < before.us;
    });
    const [first, ...related] = back;
    if (!first) return;
    const count = pluralize(back.length, 'event');
    yield {
      slot: first.slot,
      message: `${count} stamped before the one before`,
      related: related.map(({ slot }) => slot),
    };
  },
};
