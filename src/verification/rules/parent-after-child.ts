import type { Rule } from '../rule.ts';

export const parentAfterChild: Rule = {
  code: 'parent-after-child',
  severity: 'warning',
  meaning: "An event's parent has a higher index than the event.",
  cause:
    'Files were renamed, or parent_id was edited: the SDK appends, so that parents come first.',
  consequence: 'None: it follows ids. But older SDKs, which know no parents, see another order.',
  remedy: 'None is needed, if the order was changed on purpose.',
  *check({ tree }) {
    for (const [index, { slot, fields }] of tree.events.entries()) {
      const parent =
        fields?.parentId === undefined ? undefined : tree.indexById.get(fields.parentId);
      if (parent === undefined || parent <= index) continue;
      const other = tree.events[parent]?.slot;
      yield { slot, message: `its parent has index ${parent}`, ...(other && { related: [other] }) };
    }
  },
};
