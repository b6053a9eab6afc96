import { canonicalEventFileName } from '../../domain/event-file-name.ts';
import type { Rule } from '../rule.ts';

export const paddedIndex: Rule = {
  code: 'padded-index',
  severity: 'warning',
  meaning: 'The index in the file name has more zeros than the SDK writes.',
  cause: 'The file was renamed, or written by another program.',
  consequence:
    'Its index is taken, but the event is looked for under the usual name: reading it raises FileNotFoundError.',
  remedy: 'Rename the file to the usual name.',
  *check({ events }) {
    for (const { slot } of events) {
      const usual = canonicalEventFileName(slot.name);
      if (slot.name !== usual) yield { slot, message: `the SDK would write ${usual}` };
    }
  },
};
