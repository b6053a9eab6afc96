import { descendantsOf } from '../../domain/event-tree.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const missingParent: Rule = {
  code: 'missing-parent',
  severity: 'error',
  meaning:
    'The parent of an event is not in the index. The event and its descendants are cut off from the rest of the conversation.',
  cause: 'The event file of the parent was lost, or follows a gap.',
  consequence:
    'The SDK raises KeyError when it walks from one of these events to the root. If the active branch contains one of them, the conversation cannot be resumed.',
  remedy: 'Restore the event file of the parent.',
  *check({ tree }) {
    // One finding for all events that name the same parent.
    for (const [id, children] of tree.children) {
      const first = tree.events[children[0] ?? -1];
      if (tree.indexById.has(id) || first?.fields?.parentId !== id) continue;
      const cutOff = new Set([...children, ...descendantsOf(tree, [id])]);
      const [slot, ...related] = [...cutOff].flatMap((index) => tree.events[index]?.slot ?? []);
      if (!slot) continue;
      const count = pluralize(cutOff.size, 'event is', 'events are');
      yield { slot, related, message: `the parent ${id} is not in the index; ${count} cut off` };
    }
  },
};
