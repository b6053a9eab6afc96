import { isSide } from '../../domain/event-kinds.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const unexpectedRoot: Rule = {
  code: 'unexpected-root',
  severity: 'warning',
  meaning: 'The active branch starts at an event that is not the first event of the conversation.',
  cause: 'The conversation was started again in the same folder, or a parent_id was lost.',
  consequence:
    'The SDK leaves the earlier events out of the active branch, so the agent does not see them.',
  remedy:
    'No action is needed if somebody started again on purpose. Otherwise check the parent_id of the reported event.',
  *check({ tree }) {
    const root = tree.stop ? undefined : tree.branch.at(-1);
    if (root === undefined || root === 0) return;
    const earlier = tree.events
      .slice(0, root)
      .filter(({ fields }) => fields && !isSide(fields.kind));
    const slot = tree.events[root]?.slot;
    if (earlier.length === 0 || !slot) return;
    const count = pluralize(earlier.length, 'earlier event is', 'earlier events are');
    yield { slot, message: `the active branch starts here; ${count} not on it` };
  },
};
