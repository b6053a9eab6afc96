import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

export const forgottenUnknownId: Rule = {
  code: 'forgotten-unknown-id',
  severity: 'info',
  meaning: 'A condensation forgets events that are not in the conversation.',
  cause:
    'The events were never written to disk, as happens with summaries made on the fly, or they were lost.',
  consequence: 'The SDK ignores the ids of these events.',
  remedy: REMEDY.none,
  *check({ events, lost }) {
    const ids = new Set(events.map(({ slot }) => slot.id));
    for (const { slot, fields } of events) {
      if (slot.index > lost.firstMissing) continue; // they can be the missing ones
      const unknown = fields?.forgotten.filter((id) => !ids.has(id)) ?? [];
      if (unknown.length > 0) {
        const message =
          unknown.length === 1
            ? `the forgotten event ${unknown[0]} is not in the conversation`
            : `${unknown.length} forgotten events are not in the conversation; the first is ${unknown[0]}`;
        yield { slot, message };
      }
    }
  },
};
