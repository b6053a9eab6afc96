import { describeLost } from '../domain/knowledge/lost-events.ts';
import type { SlotConversation } from '../domain/slot.ts';
import type { Call } from '../history/calls.ts';
import { listSome, pluralize } from '../text/wording.ts';
import type { Branch } from '../use-cases/select-branch.ts';
import { placeOf } from './notices.ts';
import type { Session } from './session.ts';

/** Says which calls were left out because it is not known whether they are wanted. */
export function warnUndecidedCalls(
  { terminal }: Session,
  undecided: readonly Call[],
  { statuses, keeps }: Branch,
  conversation: SlotConversation | undefined,
): void {
  if (undecided.length === 0) return;
  const indices = undecided.map(({ action }) => `#${action.slot.index}`);
  const isOnBranch = undecided.every(({ action }) => keeps(action));
  const unanswered = undecided.find(({ possibleAnswers }) => possibleAnswers.length > 0);
  const reasons = [
    ...(isOnBranch ? [] : [`the branch is ${statuses.unknownPart}`]),
    ...(unanswered ? [`an answer can be lost: ${describeLost(unanswered.possibleAnswers)}`] : []),
  ];
  terminal.warn(
    `${placeOf(conversation)}left out ${pluralize(undecided.length, 'call')} (${listSome(indices, MAX_NAMED_CALLS)}), because it is not known ` +
      `whether the conditions hold: ${reasons.join('; ')}`,
  );
}

/** A warning names no more calls. */
const MAX_NAMED_CALLS = 5;
