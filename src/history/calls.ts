import type { Entry } from '../domain/entry.ts';
import { isSide } from '../domain/event-kinds.ts';
import { pairAnswers } from '../domain/event-links.ts';
import { STILL_RUNNING } from '../domain/observation-exit-code.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { findLoops, type Loop } from './loops.ts';

/** A tool call: the action and its answer. */
export interface Call {
  /** The event with which the call begins. */
  readonly action: EventRecord;
  /** The event that says what was called: the action. For a call over ACP, its last event. */
  readonly subject: EventRecord;
  /** The last answer. For a call over ACP, the event that reports its end, which can be the action itself. */
  readonly answer: EventRecord | undefined;
  /** All events of the call, in order. */
  readonly events: readonly EventRecord[];
  /** From the action's timestamp to its answer's, in µs; undefined if one of them has no timestamp. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
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
 */
type CallOutcome = 'ok' | 'failed' | 'rejected' | 'invalid' | 'unanswered';

/** All calls of a conversation, in index order. @param zone the zone of timestamps without an offset */
export function callsOf({ records }: History, zone: Zone): Call[] {
  const all = [...actionsOf(records), ...acpCallsOf(records)].sort(
    (a, b) => a.action.position - b.action.position,
  );
  const starts = startsOf(records);
  const loops = findLoops(
    all.map(({ action, subject, answer }) => ({
      isStart: starts.has(action),
      call: subject.fields.fingerprint,
      answer: answer?.fields.fingerprint,
    })),
  );
  return all.map(({ action, subject, answer, events }, at) => ({
    action,
    subject,
    answer,
    events,
    duration:
      answer && answer !== action ? timeBetween(action.entry, answer.entry, zone) : undefined,
    outcome: outcomeOf(action, answer),
    loop: loops[at],
  }));
}

/**
 * The first action after each user message, and after each jump to another branch. A loop does not continue across
 * such a start.
 */
function startsOf(records: readonly EventRecord[]): Set<EventRecord> {
  const starts = new Set<EventRecord>();
  let isNew = false;
  let previousId: string | undefined;
  for (const record of records) {
    const { slot, entry, fields } = record;
    const isMessage = fields.kind === 'MessageEvent' && entry.source === 'user';
    const isJump = fields.parentId !== undefined && fields.parentId !== previousId;
    isNew ||= isMessage || (isJump && previousId !== undefined);
    if (isNew && CALL_KINDS.has(fields.kind)) {
      starts.add(record);
      isNew = false;
    }
    if (!isSide(fields.kind)) previousId = slot.id;
  }
  return starts;
}
const CALL_KINDS = new Set(['ActionEvent', 'ACPToolCallEvent']);

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
    return { action, subject: last, answer: hasEnded(last) ? last : undefined, events };
  });
}

/** Whether an event reports the end of a call over ACP. */
function hasEnded({ entry, fields }: EventRecord): boolean {
  return entry.failed || ENDED_ACP_STATUSES.has(fields.status);
}

/** From one event's timestamp to another's, in µs; undefined if one of them has no timestamp. */
export function timeBetween(from: Entry, to: Entry, zone: Zone): number | undefined {
  return from.stamp && to.stamp && toInstant(to.stamp, zone) - toInstant(from.stamp, zone);
}

function outcomeOf({ fields }: EventRecord, answer: EventRecord | undefined): CallOutcome {
  if (fields.kind === 'ActionEvent' && !fields.hasAction) return 'invalid';
  if (!answer) return 'unanswered';
  if (answer.fields.kind === 'UserRejectObservation') return 'rejected';
  return answer.entry.failed ? 'failed' : 'ok';
}

/** Whether a call failed, was rejected, or could not be executed. */
export function hasFailed({ outcome }: Call): boolean {
  return outcome === 'failed' || outcome === 'rejected' || outcome === 'invalid';
}

/** How a call ended, in one or two words. */
export function resultOf({ outcome, answer }: Call): string {
  const code = answer?.fields.exitCode;
  if (outcome === 'failed') return code && code !== STILL_RUNNING ? `exit ${code}` : 'error';
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
  if (isAcp || (code && code !== STILL_RUNNING)) return answer.lastLine;
  return answer.description.replace(/^\[(?:error|running)\] |^rejected: /, '');
}
