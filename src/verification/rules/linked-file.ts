import type { Rule } from '../rule.ts';

export const linkedFile: Rule = {
  code: 'linked-file',
  severity: 'warning',
  meaning:
    'The event file is a symbolic link. convoscope follows the link only if the target is inside the conversation.',
  cause: 'Files were deduplicated, or moved and replaced by links.',
  consequence: 'The SDK follows the link to any target.',
  remedy: 'Replace the link with the file itself.',
  *check({ events }) {
    for (const { slot, fault } of events) {
      // A link to a missing target, or to something that is not a file, has an error of its own.
      const hasOtherFinding = fault?.code === 'unreadable-file' || fault?.code === 'not-a-file';
      if (slot.type !== 'link' || hasOtherFinding) continue;
      const message =
        fault?.code === 'linked-file'
          ? fault.message
          : 'the file is a symbolic link to a file inside the conversation';
      yield { slot, message };
    }
  },
};
