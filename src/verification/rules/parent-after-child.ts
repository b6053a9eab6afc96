import type { Rule } from '../rule.ts';

export const parentAfterChild: Rule = {
  code: 'parent-after-child',
  severity: 'warning',
  meaning: 'The parent of an event has a higher index than the event itself.',
  cause:
    'Files were renamed, or a parent_id was edited. The SDK itself always writes a parent before its children.',
  consequence:
    'The SDK follows ids, so the order does not matter to it. SDK versions that do not know parents see the events in a different order.',
  remedy: 'No action is needed if somebody changed the order on purpose.',
  *check({ tree }) {
    for (const [index, { slot, fields }] of tree.events.entries()) {
      const parent =
        fields?.parentId === undefined ? undefined : tree.indexById.get(fields.parentId);
      if (parent === undefined || parent <= index) continue;
      const other = tree.events[parent]?.slot;
      yield {
        slot,
        message: `the parent has index ${parent}`,
        ...(other && { related: [other] }),
      };
    }
  },
};
