import { plural, type Rule } from '../rule.ts';
import { descendantsOf, ROOT_PARENT_ID } from '../tree.ts';

export const missingParent: Rule = {
  code: 'missing-parent',
  severity: 'error',
  meaning:
    'An event names a parent that is not in the index. What hangs below it is cut off from the rest.',
  cause: 'The file of the parent was lost, or lies beyond a gap.',
  consequence:
    'Walking from a leaf below it raises KeyError: a conversation whose active branch leads there cannot be resumed.',
  remedy: 'Restore the parent.',
  *check({ tree }) {
    for (const [index, { slot, told }] of tree.events.entries()) {
      const id = told?.parentId;
      if (id === undefined || id === ROOT_PARENT_ID || tree.places.has(id)) continue;
      const below = descendantsOf(tree, slot.id).filter((other) => other !== index);
      yield {
        slot,
        message: `its parent ${id} is not in the index; ${plural(below.length, 'event')} below it cut off too`,
        related: below.flatMap((other) => tree.events[other]?.slot ?? []),
      };
    }
  },
};
