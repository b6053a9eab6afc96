import { groupDuplicates } from '../group-events.ts';
import type { Rule } from '../rule.ts';

export const duplicateId: Rule = {
  code: 'duplicate-id',
  severity: 'error',
  meaning: 'Event files with different indices have the same event id.',
  cause: 'Files were copied or renamed, or an event was written twice.',
  consequence: 'When the SDK looks up the id, it finds only the first of these events.',
  remedy: 'If the files contain the same event, move the copies away.',
  *check({ events }) {
    for (const [id, slots] of groupDuplicates(events, ({ slot }) => slot.id)) {
      const [slot, ...related] = slots;
      // Files that also share the index have the finding duplicate-index.
      if (!slot || new Set(slots.map(({ index }) => index)).size < 2) continue;
      yield { slot, related, message: `${slots.length} files have the id ${id}` };
    }
  },
};
