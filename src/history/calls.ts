import { isCall, isSide } from '../domain/event-kinds.ts';
import { canBeAnswer, pairAnswers } from '../domain/event-links.ts';
import { describeLost, type LostEvents, type LostRange } from '../domain/knowledge/lost-events.ts';
import { STILL_RUNNING } from '../domain/observation-exit-code.ts';
import type { Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { findLoops, type Loop } from './loops.ts';
import { clockOf } from './totals/clock.ts';

/** A tool call: the action and its answer. */
export interface Call {
  /** Its place among all calls of the conversation, from 0 on. */
  readonly number: number;
  /** The event with which the call begins. */
  readonly action: EventRecord;
  /** The event that says what was called: the action. For a call over ACP, its last event. */
  readonly subject: EventRecord;
  /** The last answer. For a call over ACP, the event that reports its end, which can be the action itself. */
  readonly answer: EventRecord | undefined;
  /** All events of the call, in order. */
  readonly events: readonly EventRecord[];
  /** Time of the action, in µs since the epoch; undefined if it has no timestamp. */
  readonly at: number | undefined;
  /** From the action to its answer, in µs; undefined if it is not known, see LogClock.between. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
  /** If the outcome is unknown: the events that could be the answer. Otherwise empty. */
  readonly possibleAnswers: readonly LostRange[];
  /** The loop that the call is part of. */
  readonly loop: Loop | undefined;
  /**
   * Calls with equal numbers are made in a row: no user message, jump to another branch or lost event is between them.
   */
  readonly row: number;
}

/**
 * How a call ended:
 *
 * - `failed`: its answer reports a failure.
 * - `rejected`: a user or a hook rejected it.
 * - `invalid`: it could not be executed.
 * - `unanswered`: it is pending, or its process ended before the answer was written.
 * - `unknown`: no answer was found, but events that could be the answer can't be read, or are missing.
 */
type CallOutcome = 'ok' | 'failed' | 'rejected' | 'invalid' | 'unanswered' | 'unknown';

/**
 * All calls of a conversation, in index order.
 *
 * @param zone the zone of timestamps without an offset
 * @param records the events to find calls among, in index order. Default: all
 */
export function callsOf(history: History, zone: Zone, records = history.records): Call[] {
  const { lost } = history;
  const clock = clockOf(history, zone);
  const all = [...actionsOf(records), ...acpCallsOf(records)].sort(
    (a, b) => a.action.position - b.action.position,
  );
  const starts = startsOf(records, lost);
  const unrecognized = unrecognizedAnswers(records);
  const possible = all.map(({ action, answer }) =>
    answer ? [] : possibleAnswers(action, lost, unrecognized),
  );
  const outcomes = all.map(({ action, answer }, at) =>
    outcomeOf(action, answer, (possible[at] ?? []).length > 0),
  );
  const loops = findLoops(
    all.map((call, at) => ({
      isStart: starts.has(call.action),
      call: isSubjectKnown({ action: call.action, outcome: outcomes[at] as CallOutcome })
        ? call.subject.fields.fingerprint
        : undefined,
      answer: call.answer?.fields.answerFingerprint,
      isAnswerKnown: outcomes[at] !== 'unknown',
      error: repeatableError(call, outcomes[at] as CallOutcome),
      response: call.action.fields.responseId,
    })),
  );
  let row = 0;
  return all.map((call, at) => {
    if (starts.has(call.action)) row++;
    const { action, answer } = call;
    const outcome = outcomes[at] as CallOutcome;
    return {
      ...call,
      number: at,
      at: clock.instantAt(action.position),
      duration:
        answer && answer !== action ? clock.between(action.position, answer.position) : undefined,
      outcome,
      possibleAnswers: outcome === 'unknown' ? (possible[at] ?? []) : [],
      loop: loops[at],
      row,
    };
  });
}

/** See RepeatableCall.error. */
function repeatableError(
  { subject, answer }: CallEvents,
  outcome: CallOutcome,
): string | undefined {
  const hasError = outcome === 'failed' || outcome === 'invalid';
  if (!hasError || !answer?.fields.hasAnswerText) return undefined;
  return `${answer.fields.answerFingerprint} ${subject.entry.tool}`;
}

/**
 * The first action after each user message, after each jump to another branch, and after each event that is lost: that
 * event can be any of these. A loop does not continue across such a start.
 */
function startsOf(records: readonly EventRecord[], lost: LostEvents): Set<EventRecord> {
  const starts = new Set<EventRecord>();
  let isNew = false;
  let previousId: string | undefined;
  let previousIndex = -1;
  for (const record of records) {
    const { slot, entry, fields } = record;
    const isMessage = fields.kind === 'MessageEvent' && entry.source === 'user';
    const isJump = fields.parentId !== undefined && fields.parentId !== previousId;
    const isAfterLost = lost.has(previousIndex + 1, slot.index - 1);
    isNew ||= isMessage || (isJump && previousId !== undefined) || isAfterLost;
    previousIndex = slot.index;
    if (isNew && isCall(fields.kind)) {
      starts.add(record);
      isNew = false;
    }
    if (!isSide(fields.kind)) previousId = slot.id;
  }
  return starts;
}

type CallEvents = Pick<Call, 'action' | 'subject' | 'answer' | 'events'>;

function actionsOf(records: readonly EventRecord[]): CallEvents[] {
  const answersOf = new Map<EventRecord, EventRecord[]>();
  for (const [answer, action] of pairAnswers(records)) {
    const answers = answersOf.get(action);
    if (answers) answers.push(answer);
    else answersOf.set(action, [answer]);
  }
  const actions = records.filter(({ fields }) => fields.kind === 'ActionEvent');
  return actions.map((action) => {
    const answers = answersOf.get(action) ?? [];
    return { action, subject: action, answer: answers.at(-1), events: [action, ...answers] };
  });
}

const ENDED_ACP_STATUSES: ReadonlySet<string | undefined> = new Set(['completed', 'failed']);

/**
 * Calls that an agent behind ACP made by itself. Each change of a call is an event of its own, which contains all that
 * is known by then. So the last one says what was called and how it ended. Source: openhands-sdk agent/acp_agent.py.
 */
function acpCallsOf(records: readonly EventRecord[]): CallEvents[] {
  const calls: EventRecord[][] = [];
  const openCalls = new Map<string, EventRecord[]>();
  for (const record of records) {
    const { kind, toolCallId, status } = record.fields;
    if (kind !== 'ACPToolCallEvent') continue;
    const key = toolCallId ?? record.slot.name;
    const known = openCalls.get(key);
    // An agent that starts again can use an id again.
    if (known && !(status === 'pending' && hasEnded(known.at(-1) as EventRecord))) {
      known.push(record);
    } else {
      const events = [record];
      calls.push(events);
      openCalls.set(key, events);
    }
  }
  return calls.map((events) => {
    const [action, last] = [events[0], events.at(-1)] as [EventRecord, EventRecord];
    const answer = hasEnded(last) ? last : undefined;
    return { action, subject: subjectOf(events, last), answer, events };
  });
}

/** What was called: as the last event says, and where it leaves out the tool or the input, as the newest event that has it. */
function subjectOf(events: readonly EventRecord[], last: EventRecord): EventRecord {
  const tool = events.findLast(({ entry }) => entry.tool !== undefined)?.entry.tool;
  const withInput = last.fields.hasInput
    ? last
    : (events.findLast(({ fields }) => fields.hasInput) ?? last);
  const fields = { ...last.fields, fingerprint: withInput.fields.fingerprint };
  return { ...last, entry: { ...last.entry, tool }, fields };
}

/** Whether an event reports the end of a call over ACP. */
function hasEnded({ entry, fields }: EventRecord): boolean {
  return entry.failed || ENDED_ACP_STATUSES.has(fields.status);
}

function outcomeOf(
  { fields }: EventRecord,
  answer: EventRecord | undefined,
  hasPossibleAnswer: boolean,
): CallOutcome {
  if (fields.kind === 'ActionEvent' && !fields.hasAction) return 'invalid';
  if (!answer) return hasPossibleAnswer ? 'unknown' : 'unanswered';
  if (answer.fields.kind === 'UserRejectObservation') return 'rejected';
  return answer.entry.failed ? 'failed' : 'ok';
}

/** Id of an action → index of an event that names it, and whose kind is not known. */
function unrecognizedAnswers(records: readonly EventRecord[]): Map<string, number> {
  const unrecognized = records.filter(({ fields }) => canBeAnswer(fields));
  return new Map(unrecognized.map(({ slot, fields }) => [fields.actionId ?? '', slot.index]));
}

/** The events that can be the answer of an action for which none was found. An answer is written after its action. */
function possibleAnswers(
  { slot }: EventRecord,
  lost: LostEvents,
  unrecognized: ReadonlyMap<string, number>,
): LostRange[] {
  const at = unrecognized.get(slot.id);
  const found = lost.within(slot.index + 1);
  return at === undefined ? found : [{ from: at, to: at, kind: 'unrecognized' }, ...found];
}

/** For a call whose outcome is unknown, why. Undefined for other calls. */
export function whyUnknown({ action, possibleAnswers: lost }: Call): string | undefined {
  const [first, ...others] = lost;
  if (!first) return undefined;
  const next = action.slot.index + 1;
  const isNext = first.from === next && first.to === next && others.length === 0;
  if (isNext && first.kind !== 'unrecognized') {
    return `the answer (#${next}) ${first.kind === 'missing' ? 'is missing' : "can't be read"}`;
  }
  return `not known whether it was answered: ${describeLost(lost)}`;
}

/** Whether it is known what was called. Of a call over ACP, a lost event can describe it better than those before. */
export function isSubjectKnown({ action, outcome }: Pick<Call, 'action' | 'outcome'>): boolean {
  return action.fields.kind !== 'ACPToolCallEvent' || outcome !== 'unknown';
}

/** Whether a call failed, was rejected, or could not be executed. */
export function hasFailed({ outcome }: Call): boolean {
  return outcome === 'failed' || outcome === 'rejected' || outcome === 'invalid';
}

/** How a call ended, in one or two words. */
export function resultOf({ outcome, answer }: Call): string {
  const code = answer?.fields.exitCode;
  if (outcome === 'failed') return code && code !== STILL_RUNNING ? `exit ${code}` : 'error';
  if (outcome === 'unknown') return 'not known';
  return code === STILL_RUNNING ? 'running' : outcome;
}

/**
 * The error message of a call that went wrong. For a command with an exit code, and for a call over ACP, the last line
 * of its output. Undefined for other calls.
 */
export function errorOf(call: Call): string | undefined {
  const { answer } = call;
  if (!hasFailed(call) || !answer) return undefined;
  const code = answer.fields.exitCode;
  const isAcp = answer.fields.kind === 'ACPToolCallEvent';
  if (isAcp || (code && code !== STILL_RUNNING)) return answer.errorLine;
  return answer.description.replace(/^\[(?:error|running)\] |^rejected: /, '');
}
