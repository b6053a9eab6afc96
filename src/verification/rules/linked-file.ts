import type { Rule } from '../rule.ts';

export const linkedFile: Rule = {
  code: 'linked-file',
  severity: 'warning',
  meaning:
    'An event file is a symbolic link. It is followed only if it stays inside the conversation.',
  cause: 'Files were deduplicated, or moved and linked.',
  consequence: 'The link is followed wherever it leads.',
  remedy: 'Replace the link by the file itself.',
  *check({ events }) {
    for (const { slot, fault } of events) {
      // A link that leads nowhere, or to no file, is an error of its own.
      const isOther = fault?.code === 'unreadable-file' || fault?.code === 'not-a-file';
      if (slot.type !== 'link' || isOther) continue;
      const isOut = fault?.code === 'linked-file';
      yield { slot, message: isOut ? fault.message : 'a link to a file inside the conversation' };
    }
  },
};
