import { isSide } from '../../domain/event-kinds.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const unexpectedRoot: Rule = {
  code: 'unexpected-root',
  severity: 'warning',
  meaning: 'The active branch begins at an event that is not the first of the conversation.',
  cause: 'The conversation was begun anew within its folder, or a parent_id was lost.',
  consequence: 'What came before is not on the active branch: the agent does not see it.',
  remedy: 'None is needed if that was meant. Else look at parent_id of the event told.',
  *check({ tree }) {
    const root = tree.stop ? undefined : tree.branch.at(-1);
    if (root === undefined || root === 0) return;
    const before = tree.events
      .slice(0, root)
      .filter(({ fields }) => fields && !isSide(fields.kind));
    const slot = tree.events[root]?.slot;
    if (before.length === 0 || !slot) return;
    const count = pluralize(before.length, 'event');
    yield { slot, message: `the active branch begins here; ${count} before it not on it` };
  },
};
