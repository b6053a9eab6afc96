import { type Rule, shared } from '../rule.ts';

export const duplicateIndex: Rule = {
  code: 'duplicate-index',
  severity: 'error',
  consequence: 'Only the file that the folder lists last is seen; the others are invisible.',
  *check({ events }) {
    for (const [index, [slot, ...related]] of shared(events, (event) => event.slot.index)) {
      if (slot) yield { slot, related, message: `${related.length + 1} files have index ${index}` };
    }
  },
};
