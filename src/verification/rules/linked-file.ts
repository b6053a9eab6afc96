import type { Rule } from '../rule.ts';

export const linkedFile: Rule = {
  code: 'linked-file',
  severity: 'warning',
  consequence: 'The link is followed wherever it leads.',
  *check({ events }) {
    for (const { slot, fault } of events) {
      // A link that leads nowhere, or to no file, is an error of its own.
      if (
        slot.type !== 'link' ||
        fault?.code === 'unreadable-file' ||
        fault?.code === 'not-a-file'
      ) {
        continue;
      }
      const isOut = fault?.code === 'linked-file';
      yield { slot, message: isOut ? fault.message : 'a link to a file inside the conversation' };
    }
  },
};
