import type { EventTree } from '../../domain/event-tree.ts';
import type { Rule } from '../rule.ts';

export const parentCycle: Rule = {
  code: 'parent-cycle',
  severity: 'error',
  meaning: 'Events are their own ancestors: their parents form a cycle.',
  cause: 'A parent_id was edited, or an id was used twice.',
  consequence:
    'The SDK raises ValueError when it walks from an event into the cycle. If the active branch leads into the cycle, the conversation cannot be resumed.',
  remedy: 'Correct the parent_id of one of the events.',
  *check({ tree }) {
    for (const cycle of findCycles(tree)) {
      const [slot, ...related] = cycle
        .sort((a, b) => a - b)
        .flatMap((index) => tree.events[index]?.slot ?? []);
      const message =
        related.length === 0
          ? 'the event is its own parent'
          : `the parents of ${related.length + 1} events form a cycle`;
      if (slot) yield { slot, related, message };
    }
  },
};

/** The indices of the events of each cycle. Each event is visited once. */
function* findCycles(tree: EventTree): Generator<number[]> {
  const visited = new Set<number>();
  for (const start of tree.events.keys()) {
    const path: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !visited.has(at)) {
      visited.add(at);
      path.push(at);
      const parent = tree.parentOf(at);
      at = typeof parent === 'string' ? tree.indexById.get(parent) : undefined;
    }
    const cycleStart = at === undefined ? -1 : path.indexOf(at);
    if (cycleStart >= 0) yield path.slice(cycleStart);
  }
}
