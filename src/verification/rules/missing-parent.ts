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
    // All that name one parent are one finding.
    const naming = new Map<string, number[]>();
    for (const [index, { told }] of tree.events.entries()) {
      const id = told?.parentId;
      if (id === undefined || id === ROOT_PARENT_ID || tree.places.has(id)) continue;
      naming.set(id, [...(naming.get(id) ?? []), index]);
    }
    for (const [id, children] of naming) {
      const below = children.flatMap((index) =>
        descendantsOf(tree, tree.events[index]?.slot.id ?? ''),
      );
      const cut = [...new Set([...children, ...below])].sort((x, y) => x - y);
      const [slot, ...related] = cut.flatMap((index) => tree.events[index]?.slot ?? []);
      if (!slot) continue;
      const message = `the parent ${id} is not in the index; ${plural(cut.length, 'event')} cut off`;
      yield { slot, related, message };
    }
  },
};
