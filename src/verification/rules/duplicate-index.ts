import { type Rule, shared } from '../rule.ts';

export const duplicateIndex: Rule = {
  code: 'duplicate-index',
  severity: 'error',
  meaning: 'Several files have the same index.',
  cause: 'Two processes wrote to the conversation at once, or an append followed a gap.',
  consequence:
    'Only the file that the folder lists last is seen, and which one that is can change; the others are invisible.',
  remedy:
    'See which file belongs to the conversation (by time and parent), and move the others away.',
  *check({ events }) {
    for (const [index, [slot, ...related]] of shared(events, (event) => event.slot.index)) {
      if (slot) yield { slot, related, message: `${related.length + 1} files have index ${index}` };
    }
  },
};
