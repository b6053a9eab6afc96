import { describeLost } from '../../domain/knowledge/lost-events.ts';
import type { SlotConversation, Slots } from '../../domain/slot.ts';
import type { Call } from '../../history/calls.ts';
import type { History } from '../../history/history.ts';
import { formatNumber, listSome, pluralize } from '../../text/wording.ts';
import type { OpenedMember } from '../../use-cases/open-members.ts';
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

/** What is asked of the calls of one conversation. */
interface CallCounts {
  /** All calls of the conversation. */
  readonly all: readonly Call[];
  readonly undecided: readonly Call[];
  readonly log: { readonly slots: Slots };
  readonly whole: { readonly history: Pick<History, 'lost'> };
}

/** Says why a list of calls is empty, and names the missing events, which can be calls. */
export function noteNoCalls(
  { terminal }: Session,
  members: readonly OpenedMember<CallCounts>[],
): void {
  const sum = (of: (counts: CallCounts) => number) =>
    members.reduce((all, { opened }) => all + of(opened), 0);
  const [total, events] = [sum(({ all }) => all.length), sum(({ log }) => log.slots.length)];
  const missing = listSome(members.flatMap(missingIn), MAX_NAMED_CALLS);
  const but = missing === '' ? '' : `; ${missing}`;
  if (total === 0) terminal.note(`no calls: none of ${pluralize(events, 'event')} is a call${but}`);
  else if (members.every(({ opened }) => opened.undecided.length === 0)) {
    terminal.note(`no calls: none of ${formatNumber(total)} passes the filters${but}`);
  }
}

/** The missing events of one conversation, in words. Events that can't be read are reported elsewhere. */
function missingIn({ opened, conversation }: OpenedMember<CallCounts>): string[] {
  const ranges = opened.whole.history.lost.within(0).filter(({ kind }) => kind === 'missing');
  return ranges.length > 0 ? [`${placeOf(conversation)}${describeLost(ranges)}`] : [];
}
