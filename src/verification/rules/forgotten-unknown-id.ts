import { pluralize } from '../../text/wording.ts';
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
    for (const { slot, fields } of events) {
      const unknown = fields?.forgotten.filter((id) => !ids.has(id)) ?? [];
      if (unknown.length > 0) {
        yield {
          slot,
          message: `${pluralize(unknown.length, 'forgotten event')} not here, first ${unknown[0]}`,
        };
      }
    }
  },
};
