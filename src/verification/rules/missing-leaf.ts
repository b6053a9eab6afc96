import type { Rule } from '../rule.ts';

export const missingLeaf: Rule = {
  code: 'missing-leaf',
  severity: 'error',
  meaning: 'The state names a leaf that is not in the index.',
  cause:
    'The file of the leaf was lost, or lies beyond a gap; or state and events are of different copies.',
  consequence: 'Resuming raises KeyError.',
  remedy: 'Restore the event, or a state that belongs to these events.',
  *check({ tree, events }) {
    if (!tree.isLeafFromState || tree.leaf === null || tree.indexById.has(tree.leaf)) return;
    // One that lies beyond a gap is part of what the gap hides.
    if (events.some(({ slot }) => slot.id === tree.leaf)) return;
    yield {
      file: 'base_state.json',
      message: `its leaf_event_id ${tree.leaf} is not in the index`,
    };
  },
};
