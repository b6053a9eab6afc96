import { descendantsOf } from '../../domain/event-tree.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

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
    for (const [id, children] of tree.children) {
      const first = tree.events[children[0] ?? -1];
      if (tree.indexById.has(id) || first?.fields?.parentId !== id) continue;
      const cut = new Set([...children, ...descendantsOf(tree, [id])]);
      const [slot, ...related] = [...cut].flatMap((index) => tree.events[index]?.slot ?? []);
      if (!slot) continue;
      const message = `the parent ${id} is not in the index; ${pluralize(cut.size, 'event')} cut off`;
      yield { slot, related, message };
    }
  },
};
