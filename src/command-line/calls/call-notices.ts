import { describeLost } from '../../domain/knowledge/lost-events.ts';
import type { SlotConversation } from '../../domain/slot.ts';
import type { Call } from '../../history/calls.ts';
import type { Subagent } from '../../history/subagents/subagents.ts';
import type { EventLog } from '../../reading/event-log.ts';
import { listSome, pluralize } from '../../text/wording.ts';
import type { OpenedHistory } from '../../use-cases/open-history.ts';
import type { OpenedMember } from '../../use-cases/open-members.ts';
import type { Branch } from '../../use-cases/select-branch.ts';
import { placeOf, warnUnknownBranch } from '../notices.ts';
import type { Session } from '../session.ts';

/* What `calls` says on stderr about its answer. */

/** The calls of one conversation that the command is about. */
export interface FoundCalls {
  readonly whole: OpenedHistory;
  readonly log: EventLog;
  readonly calls: readonly Call[];
  /** How many calls the conversation has. */
  readonly total: number;
  /** Those about which it is not known whether they are wanted. */
  readonly undecided: readonly Call[];
  /** How many more would pass if whole-file fields were searched too. */
  readonly onlyInFiles: number;
  readonly branch: Branch;
  readonly started: ReadonlyMap<Call, readonly Subagent[]>;
}

/** Says why the list is empty. */
export function noteNoCalls(
  { terminal }: Session,
  members: readonly Pick<OpenedMember<FoundCalls>, 'opened'>[],
): void {
  const total = members.reduce((sum, { opened }) => sum + opened.total, 0);
  const events = members.reduce((sum, { opened }) => sum + opened.log.slots.length, 0);
  const undecided = members.some(({ opened }) => opened.undecided.length > 0);
  if (total === 0) terminal.note(`no calls: none of ${pluralize(events, 'event')} is a call`);
  else if (!undecided) terminal.note(`no calls: none of ${total} passes the filters`);
}

/** Says what is not known about the calls of one conversation. @returns whether calls can be missing for that reason */
export function warnUnknown(
  session: Session,
  findsLoops: boolean,
  { opened, conversation }: OpenedMember<FoundCalls>,
): boolean {
  const { whole, calls, undecided, branch } = opened;
  const { statuses } = branch;
  const isUnknown = ({ action }: Call) => statuses.of(action) === 'unknown';
  warnUnknownBranch(session, statuses, calls.filter(isUnknown).length, 0, conversation);
  warnUndecided(session, undecided, branch, conversation);
  const lost = findsLoops ? whole.history.lost.within(0) : [];
  if (lost.length > 0) {
    session.terminal.warn(
      `${placeOf(conversation)}a loop that goes on across a lost event is not found: ${describeLost(lost)}`,
    );
  }
  return undecided.length + lost.length > 0;
}

/** Says which calls were left out because it is not known whether they are wanted. */
function warnUndecided(
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
