import { pluralize } from '../../text/wording.ts';
import { groupByEachKey } from '../group-events.ts';
import type { Rule } from '../rule.ts';

export const legacyShape: Rule = {
  code: 'legacy-shape',
  severity: 'info',
  meaning: 'Events have a shape that only early SDK versions wrote.',
  cause: 'An SDK version before 1.0, or one of the first versions after it, wrote the events.',
  consequence: 'A newer SDK raises ValidationError when it reads events with some of these shapes.',
  remedy: 'Read the conversation with an SDK version from the same time.',
  *check({ events }) {
    const shapes = groupByEachKey(events, ({ fields }) => fields?.schema.legacyShapes ?? []);
    for (const [shape, [slot, ...related]] of shapes) {
      if (slot) yield { slot, message: `${shape} (${pluralize(related.length + 1, 'event')})` };
    }
  },
};
