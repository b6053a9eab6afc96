import { describeLost } from '../../domain/knowledge/lost-events.ts';
import type { SlotConversation, Slots } from '../../domain/slot.ts';
import type { Call } from '../../history/calls.ts';
import { listSome, pluralize } from '../../text/wording.ts';
import type { Branch } from '../../use-cases/select-branch.ts';
import type { Session } from '../session.ts';
import { placeOf } from './notices.ts';

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

/** Says why a list of calls is empty. */
export function noteNoCalls(
  { terminal }: Session,
  members: readonly {
    /** All calls of the conversation. */
    readonly all: readonly Call[];
    readonly undecided: readonly Call[];
    readonly log: { readonly slots: Slots };
  }[],
): void {
  const sum = (of: (member: (typeof members)[number]) => number) =>
    members.reduce((all, member) => all + of(member), 0);
  const [total, events] = [sum((one) => one.all.length), sum(({ log }) => log.slots.length)];
  if (total === 0) terminal.note(`no calls: none of ${pluralize(events, 'event')} is a call`);
  else if (members.every(({ undecided }) => undecided.length === 0)) {
    terminal.note(`no calls: none of ${total} passes the filters`);
  }
}
