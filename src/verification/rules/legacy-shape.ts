import { pluralize } from '../../text/wording.ts';
import { groupedByEach, type Rule } from '../rule.ts';

export const legacyShape: Rule = {
  code: 'legacy-shape',
  severity: 'info',
  meaning: 'Events have the shape of an early SDK.',
  cause: 'They were written before SDK 1.0 or by its first versions.',
  consequence: 'Newer SDKs refuse some of these shapes with ValidationError.',
  remedy: 'Read the conversation with an SDK of its time.',
  *check({ events }) {
    const shapes = groupedByEach(events, ({ fields }) => fields?.schema.legacy ?? []);
    for (const [shape, [slot, ...related]] of shapes) {
      if (slot) yield { slot, message: `${shape} (${pluralize(related.length + 1, 'event')})` };
    }
  },
};
