import { type Rule, shared } from '../rule.ts';

export const duplicateId: Rule = {
  code: 'duplicate-id',
  severity: 'error',
  meaning: 'Several indices have the same event id.',
  cause: 'Files were copied or renamed, or an event was written twice.',
  consequence: 'The id means the first of them; the others cannot be reached by id.',
  remedy: 'Move the copies away if they hold the same event.',
  *check({ events }) {
    for (const [id, slots] of shared(events, (event) => event.slot.id)) {
      const [slot, ...related] = slots;
      // Files of one index are a finding of their own.
      if (!slot || new Set(slots.map(({ index }) => index)).size < 2) continue;
      yield { slot, related, message: `${slots.length} files have the id ${id}` };
    }
  },
};
