import { groupDuplicates } from '../group-events.ts';
import type { Rule } from '../rule.ts';

export const duplicateIndex: Rule = {
  code: 'duplicate-index',
  severity: 'error',
  meaning: 'Several event files have the same index.',
  cause:
    'Two processes wrote to the conversation at the same time, or the SDK appended an event after a gap.',
  consequence:
    'The SDK sees only the file that the folder lists last, and the order of the listing can change. The other files are invisible to the SDK.',
  remedy:
    'Compare the timestamps and parents to find the file that belongs to the conversation. Move the other files away.',
  *check({ events }) {
    for (const [index, [slot, ...related]] of groupDuplicates(events, ({ slot }) => slot.index)) {
      if (slot) yield { slot, related, message: `${related.length + 1} files have index ${index}` };
    }
  },
};
