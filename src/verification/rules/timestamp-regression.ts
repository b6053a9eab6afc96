import { plural } from '../../text/counted.ts';
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
    const back = events.filter(({ told }, at) => {
      const [now, before] = [told?.stamp, events[at - 1]?.told?.stamp];
      // Stamps with and without an offset can't be told apart here.
      return now && before && now.naive === before.naive && now.us < before.us;
    });
    const [first, ...related] = back;
    if (!first) return;
    const count = plural(back.length, 'event');
    yield {
      slot: first.slot,
      message: `${count} stamped before the one before`,
      related: related.map(({ slot }) => slot),
    };
  },
};
