import type { Rule } from '../rule.ts';

export const missingLeaf: Rule = {
  code: 'missing-leaf',
  severity: 'error',
  meaning: 'The leaf_event_id in base_state.json is not in the index.',
  cause:
    'The event file of the leaf was lost or follows a gap, or base_state.json and the events come from different copies.',
  consequence: 'The SDK raises KeyError when it resumes the conversation.',
  remedy: 'Restore the event file, or restore the base_state.json that belongs to these events.',
  *check({ tree, events }) {
    if (!tree.isLeafFromState || tree.leaf === null || tree.indexById.has(tree.leaf)) return;
    // The finding index-gap already mentions a leaf after the gap.
    if (events.some(({ slot }) => slot.id === tree.leaf)) return;
    yield {
      file: 'base_state.json',
      message: `the leaf_event_id ${tree.leaf} is not in the index`,
    };
  },
};
