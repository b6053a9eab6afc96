import { countsForNextIndex } from '../../domain/event-file-name.ts';
import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';
import type { CheckedEvent, RuleContext } from '../rule-context.ts';

export const indexGap: Rule = {
  code: 'index-gap',
  severity: 'error',
  meaning: 'One or more indices have no event file, although higher indices have one.',
  cause:
    'Event files were deleted, not copied or not committed, or a write never reached the disk.',
  consequence:
    'The SDK does not see any event after the first gap. It uses the number of files as the next index, so it can give a new event an index that already exists.',
  remedy: 'Restore the missing files. Do not resume the conversation before that.',
  *check(context) {
    const { events, reachable } = context;
    const next = nextAppendIndex(context);
    let expected = 0;
    for (const [position, { slot }] of events.entries()) {
      if (slot.index > expected) {
        const parts = [
          missingEvents(expected, slot.index - 1),
          eventsAfterGap(events.length - position, isLeafAfter(expected, context)),
        ];
        const isTaken = expected === reachable && events.some((event) => event.slot.index === next);
        if (isTaken) parts.push(`the next append can use index ${next}, which is already taken`);
        yield { slot, message: parts.join('; ') };
      }
      expected = slot.index + 1;
    }
  },
};

function missingEvents(first: number, last: number): string {
  return first === last ? `event ${first} is missing` : `events ${first}–${last} are missing`;
}

function eventsAfterGap(count: number, includesLeaf: boolean): string {
  const text = pluralize(count, 'event follows the gap', 'events follow the gap');
  return includesLeaf ? `${text}, including the leaf` : text;
}

/** The index that the SDK gives the next event: it counts the files, also those with unusual names. */
function nextAppendIndex({ events, unrecognized }: RuleContext): number {
  const counted = unrecognized.filter((file) =>
    countsForNextIndex(file.slice(file.lastIndexOf('/') + 1)),
  );
  return events.length + counted.length;
}

/** Whether the first gap, which starts at an index, hides the leaf that the state names. */
function isLeafAfter(gapStart: number, { events, reachable, tree }: RuleContext): boolean {
  if (gapStart !== reachable || !tree.isLeafFromState) return false;
  const isLeaf = ({ slot }: CheckedEvent) => slot.id === tree.leaf;
  return (events.find(isLeaf)?.slot.index ?? -1) > gapStart;
}
