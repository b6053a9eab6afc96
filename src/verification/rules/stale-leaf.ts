import { isSide } from '../../domain/event-kinds.ts';
import { descendantsOf } from '../../domain/event-tree.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const staleLeaf: Rule = {
  code: 'stale-leaf',
  severity: 'warning',
  meaning:
    'Events descend from the leaf that base_state.json names, so these events are not on the active branch.',
  cause:
    'The process died after it wrote the events and before it saved base_state.json, or somebody went back to an earlier event.',
  consequence: 'The SDK continues from the leaf and leaves these events out.',
  remedy:
    'No action is needed if somebody went back on purpose. Otherwise make a copy of the conversation, and set its leaf_event_id to the last of these events.',
  *check({ tree, isLive }) {
    // While an agent works, it writes events before it saves the state.
    if (isLive || !tree.isLeafFromState || tree.leaf === null) return;
    const later = descendantsOf(tree, [tree.leaf])
      .flatMap((index) => tree.events[index] ?? [])
      .filter(({ fields }) => fields && !isSide(fields.kind));
    const at = tree.indexById.get(tree.leaf);
    const slot = at === undefined ? undefined : tree.events[at]?.slot;
    if (later.length === 0 || !slot) return;
    const count = pluralize(later.length, 'event below the leaf is', 'events below the leaf are');
    yield {
      slot,
      message: `${count} not on the active branch`,
      related: later.map((event) => event.slot),
    };
  },
};
