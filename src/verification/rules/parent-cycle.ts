import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const parentCycle: Rule = {
  code: 'parent-cycle',
  severity: 'error',
  meaning: "Events are each other's ancestors.",
  cause: 'parent_id was edited, or ids were given twice.',
  consequence:
    'Walking from a leaf there raises ValueError: a conversation whose active branch leads there cannot be resumed.',
  remedy: 'Mend the parent_id of one of them.',
  *check({ tree }) {
    const done = new Set<number>();
    for (const start of tree.events.keys()) {
      const way: number[] = [];
      let at: number | undefined = start;
      while (at !== undefined && !done.has(at)) {
        done.add(at);
        way.push(at);
        const parent = tree.parentOf(at);
        at = typeof parent === 'string' ? tree.indexById.get(parent) : undefined;
      }
      const turn = at === undefined ? -1 : way.indexOf(at);
      if (turn < 0) continue;
      const [slot, ...related] = way
        .slice(turn)
        .sort((a, b) => a - b)
        .flatMap((index) => tree.events[index]?.slot ?? []);
      if (slot)
        yield { slot, related, message: `a circle of ${pluralize(related.length + 1, 'event')}` };
    }
  },
};
