import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const indexGap: Rule = {
  code: 'index-gap',
  severity: 'error',
  meaning: 'One or more indices have no file, and later ones have.',
  cause:
    'Event files were deleted, not copied, or not committed; or a write never reached the disk.',
  consequence:
    'Everything after the first gap is invisible. What is appended next can take the number of files as its index, so that two events share it.',
  remedy: 'Restore the missing files. Do not resume the conversation before that.',
  *check({ events, unrecognized, reachable, tree }) {
    // The index that an append takes: it counts files, those with odd names too.
    const odd = unrecognized.filter((file) => /(?:^|\/)event-[^/]*\.json$/.test(file));
    const next = events.length + odd.length;
    const leaf = tree.isLeafFromState
      ? events.find(({ slot }) => slot.id === tree.leaf)
      : undefined;
    let expected = 0;
    for (const [position, { slot }] of events.entries()) {
      if (slot.index > expected) {
        const range =
          slot.index - expected === 1 ? `${expected}` : `${expected} to ${slot.index - 1}`;
        const beyond = events.length - position;
        const isTaken = expected === reachable && events.some((event) => event.slot.index === next);
        const risk = isTaken ? `; an append can take index ${next}, which exists` : '';
        const lie = beyond === 1 ? 'lies' : 'lie';
        const isLeafBeyond = expected === reachable && leaf && leaf.slot.index > expected;
        const lost = isLeafBeyond ? ', the leaf among them' : '';
        yield {
          slot,
          message: `no event ${range}; ${pluralize(beyond, 'event')} ${lie} beyond${lost}${risk}`,
        };
      }
      expected = slot.index + 1;
    }
  },
};
