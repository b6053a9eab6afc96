import { canonicalEventFileName } from '../../domain/event-file-name.ts';
import type { Rule } from '../rule.ts';

export const paddedIndex: Rule = {
  code: 'padded-index',
  severity: 'warning',
  meaning:
    'The SDK accepts the file name, but would write it in another way: the index has more leading zeros, or digits of another script, or the name ends in a line feed.',
  cause: 'The file was renamed, or a program other than the SDK wrote the file.',
  consequence:
    'The SDK counts the file as an event, but looks for the event under the usual name. It raises FileNotFoundError when it reads the event.',
  remedy: 'Rename the file to the name that the finding gives.',
  *check({ events }) {
    for (const { slot } of events) {
      const usual = canonicalEventFileName(slot.name);
      if (slot.name !== usual) yield { slot, message: `the usual name is ${usual}` };
    }
  },
};
