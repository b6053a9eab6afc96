import { canonicalName } from '../../model/slot.ts';
import type { Rule } from '../rule.ts';

export const paddedIndex: Rule = {
  code: 'padded-index',
  severity: 'warning',
  consequence:
    'Its index is taken, but it is looked for under the usual name and not found, so that reading it raises.',
  *check({ events }) {
    for (const { slot } of events) {
      const usual = canonicalName(slot.name);
      if (slot.name !== usual) {
        yield { slot, message: `its index has more zeros than the SDK writes: ${usual}` };
      }
    }
  },
};
