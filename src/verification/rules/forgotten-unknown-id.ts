import { plural } from '../../text/counted.ts';
import type { Rule } from '../rule.ts';

export const forgottenUnknownId: Rule = {
  code: 'forgotten-unknown-id',
  severity: 'info',
  meaning: 'A condensation forgets events that are not in the conversation.',
  cause: 'The events were never on disk (summaries made on the fly), or are lost.',
  consequence: 'It ignores them.',
  remedy: 'None is needed.',
  *check({ events }) {
    const ids = new Set(events.map(({ slot }) => slot.id));
    for (const { slot, told } of events) {
      const unknown = told?.forgotten.filter((id) => !ids.has(id)) ?? [];
      if (unknown.length > 0) {
        yield {
          slot,
          message: `${plural(unknown.length, 'forgotten event')} not here, first ${unknown[0]}`,
        };
      }
    }
  },
};
