import type { Entry } from '../domain/entry.ts';
import { isSide } from '../domain/event-kinds.ts';
import { canBeAnswer, pairAnswers } from '../domain/event-links.ts';
import { describeLost, type LostEvents, type LostRange } from '../domain/knowledge/lost-events.ts';
import { STILL_RUNNING } from '../domain/observation-exit-code.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { findLoops, type Loop } from './loops.ts';

/** A tool call: the action and its answer. */
export interface Call {
  readonly action: EventRecord;
  /** The first answer. For a call over ACP, the event that reports its end, which can be the action itself. */
  readonly answer: EventRecord | undefined;
  /** From the action's timestamp to its answer's, in µs; undefined if one of them has no timestamp. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
  /** If the outcome is unknown: the events that could be the answer. Otherwise empty. */
  readonly possibleAnswers: readonly LostRange[];
  /** The loop that the call is part of. */
  readonly loop: Loop | undefined;
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

/** All calls of a conversation, in index order. @param zone the zone of timestamps without an offset */
export function callsOf({ records, lost }: History, zone: Zone): Call[] {
  const pairs = [...actionsOf(records), ...acpCallsOf(records)].sort(
    (a, b) => a.action.position - b.action.position,
  );
  const starts = startsOf(records, lost);
  const unrecognized = unrecognizedAnswers(records);
  const possible = pairs.map(({ action, answer }) =>
    answer ? [] : possibleAnswers(action, lost, unrecognized),
  );
  const outcomes = pairs.map(({ action, answer }, at) =>
    outcomeOf(action, answer, (possible[at] ?? []).length > 0),
  );
  const loops = findLoops(
    pairs.map(({ action, answer }, at) => ({
      isStart: starts.has(action),
      call: action.fields.fingerprint,
      answer: answer?.fields.fingerprint,
      isAnswerKnown: outcomes[at] !== 'unknown',
    })),
  );
  return pairs.map(({ action, answer }, at) => {
    const outcome = outcomes[at] as CallOutcome;
    return {
      action,
      answer,
      duration:
        answer && answer !== action ? timeBetween(action.entry, answer.entry, zone) : undefined,
      outcome,
      possibleAnswers: outcome === 'unknown' ? (possible[at] ?? []) : [],
      loop: loops[at],
    };
  });
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
    if (isNew && CALL_KINDS.has(fields.kind)) {
      starts.add(record);
      isNew = false;
    }
    if (!isSide(fields.kind)) previousId = slot.id;
  }
  return starts;
}
const CALL_KINDS = new Set(['ActionEvent', 'ACPToolCallEvent']);

type Pair = Pick<Call, 'action' | 'answer'>;

function actionsOf(records: readonly EventRecord[]): Pair[] {
  const answers = new Map<EventRecord, EventRecord>();
  for (const [answer, action] of pairAnswers(records)) {
    if (!answers.has(action)) answers.set(action, answer);
  }
  const actions = records.filter(({ fields }) => fields.kind === 'ActionEvent');
  return actions.map((action) => ({ action, answer: answers.get(action) }));
}

const ENDED_ACP_STATUSES = new Set(['completed', 'failed']);

/**
 * Calls that an agent behind ACP made by itself. Each change of a call's status is an event of its own, and the last
 * one contains the result. Source: openhands-sdk agent/acp_agent.py.
 */
function acpCallsOf(records: readonly EventRecord[]): Pair[] {
  const calls = new Map<string, { action: EventRecord; answer: EventRecord | undefined }>();
  for (const record of records) {
    const { kind, toolCallId, status } = record.fields;
    if (kind !== 'ACPToolCallEvent') continue;
    const key = toolCallId ?? record.slot.name;
    const call = calls.get(key) ?? { action: record, answer: undefined };
    if (ENDED_ACP_STATUSES.has(status ?? '')) call.answer = record;
    calls.set(key, call);
  }
  return [...calls.values()];
}

/** From one event's timestamp to another's, in µs; undefined if one of them has no timestamp. */
export function timeBetween(from: Entry, to: Entry, zone: Zone): number | undefined {
  return from.stamp && to.stamp && toInstant(to.stamp, zone) - toInstant(from.stamp, zone);
}

function outcomeOf(
  { fields }: EventRecord,
  answer: EventRecord | undefined,
  hasPossibleAnswer: boolean,
): CallOutcome {
  if (fields.kind === 'ActionEvent' && !fields.hasAction) return 'invalid';
  if (!answer) return hasPossibleAnswer ? 'unknown' : 'unanswered';
  if (answer.fields.kind === 'UserRejectObservation') return 'rejected';
  return answer.entry.failed || answer.fields.status === 'failed' ? 'failed' : 'ok';
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
 * The error message of a call that went wrong. For a command with an exit code, the last line of its output. Undefined
 * for other calls.
 */
export function errorOf(call: Call): string | undefined {
  const { answer } = call;
  if (!hasFailed(call) || !answer) return undefined;
  const code = answer.fields.exitCode;
  if (code && code !== STILL_RUNNING) return answer.lastLine;
  return answer.description.replace(/^\[(?:error|running)\] |^rejected: /, '');
}
