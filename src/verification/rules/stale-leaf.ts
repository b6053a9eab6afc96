import { isSide } from '../../domain/event-kinds.ts';
import { descendantsOf } from '../../domain/event-tree.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const staleLeaf: Rule = {
  code: 'stale-leaf',
  severity: 'warning',
  meaning:
    'Events descend from the leaf that the state names, so that they are not on the active branch.',
  cause:
    'The process died after it had written events, and before it had saved the state; or somebody went back to an earlier event.',
  consequence: 'They are left out: the conversation goes on from the leaf.',
  remedy:
    'None is needed if somebody went back. Else set leaf_event_id to the last of them, in a copy.',
  *check({ tree, isLive }) {
    // While an agent is at work, events are ahead of the state.
    if (isLive || !tree.isLeafFromState || tree.leaf === null) return;
    const later = descendantsOf(tree, [tree.leaf])
      .flatMap((index) => tree.events[index] ?? [])
      .filter(({ fields }) => fields && !isSide(fields.kind));
    const at = tree.indexById.get(tree.leaf);
    const slot = at === undefined ? undefined : tree.events[at]?.slot;
    if (later.length === 0 || !slot) return;
    yield {
      slot,
      message: `${pluralize(later.length, 'event')} below the leaf not on the active branch`,
      related: later.map((event) => event.slot),
    };
  },
};
