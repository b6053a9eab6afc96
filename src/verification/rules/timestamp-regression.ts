import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

export const timestampRegression: Rule = {
  code: 'timestamp-regression',
  severity: 'info',
  meaning: 'Events have an earlier timestamp than the event before them.',
  cause:
    'The SDK sets the timestamp of a state update some time before it writes the event, or somebody changed the clock.',
  consequence:
    'The SDK assumes that index order is time order, so its searches can be out of order.',
  remedy: REMEDY.none,
  *check({ events }) {
    const earlier = events.filter(({ fields }, at) => {
      const [now, before] = [fields?.stamp, events[at - 1]?.fields?.stamp];
      // A timestamp with an offset cannot be compared with one that has none.
      return now && before && now.naive === before.naive && now.us < before.us;
    });
    const [first, ...related] = earlier;
    if (!first) return;
    const message = pluralize(
      earlier.length,
      'event has an earlier timestamp than the event before it',
      'events have an earlier timestamp than the event before them',
    );
    yield { slot: first.slot, message, related: related.map(({ slot }) => slot) };
  },
};
