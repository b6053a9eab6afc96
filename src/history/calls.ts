import type { Entry } from '../domain/entry.ts';
import { isSide } from '../domain/event-kinds.ts';
import { pairAnswers } from '../domain/event-links.ts';
import { STILL_RUNNING } from '../domain/exit-code.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { findLoops, type Loop } from './loops.ts';

/** A call of a tool: the action, and its answer where there is one. */
export interface Call {
  readonly action: EventRecord;
  /** The first that came; of a call over ACP the event that tells its end, which may be the action itself. */
  readonly answer: EventRecord | undefined;
  /** From the action's timestamp to its answer's, in µs; undefined where one has none. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
  /** The run of equal calls that it is part of. */
  readonly loop: Loop | undefined;
}

/**
 * `rejected` by a user or a hook; `failed` by its answer; `invalid`, a call that could not be executed;
 * `unanswered`, pending or lost with its process.
 */
type CallOutcome = 'ok' | 'failed' | 'rejected' | 'invalid' | 'unanswered';

/** Every call of a conversation, in index order. */
export function callsOf({ records }: History, zone: Zone): Call[] {
  const pairs = [...actionsOf(records), ...acpCallsOf(records)].sort(
    (a, b) => a.action.position - b.action.position,
  );
  const starts = startsOf(records);
  const loops = findLoops(
    pairs.map(({ action, answer }) => ({
      isStart: starts.has(action),
      call: action.fields.fingerprint,
      answer: answer?.fields.fingerprint,
    })),
  );
  return pairs.map(({ action, answer }, at) => ({
    action,
    answer,
    duration:
      answer && answer !== action ? timeBetween(action.entry, answer.entry, zone) : undefined,
    outcome: outcomeOf(action, answer),
    loop: loops[at],
  }));
}

/** First actions after something new: a message of the user's, or an event that goes on from an earlier one. */
function startsOf(records: readonly EventRecord[]): Set<EventRecord> {
  const starts = new Set<EventRecord>();
  let isNew = false;
  let before: string | undefined;
  for (const record of records) {
    const { slot, entry, fields } = record;
    const isMessage = fields.kind === 'MessageEvent' && entry.source === 'user';
    const isJump = fields.parentId !== undefined && fields.parentId !== before;
    isNew ||= isMessage || (isJump && before !== undefined);
    if (isNew && CALL_KINDS.has(fields.kind)) {
      starts.add(record);
      isNew = false;
    }
    if (!isSide(fields.kind)) before = slot.id;
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
 * Calls that an agent behind ACP made by itself: an event whenever the call gets on, of which the last
 * tells how it ended. Source: openhands-sdk agent/acp_agent.py.
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

/** From one event's timestamp to another's, in µs; undefined where one tells no time. */
export function timeBetween(from: Entry, to: Entry, zone: Zone): number | undefined {
  return from.stamp && to.stamp && toInstant(to.stamp, zone) - toInstant(from.stamp, zone);
}

function outcomeOf({ fields }: EventRecord, answer: EventRecord | undefined): CallOutcome {
  if (fields.kind === 'ActionEvent' && !fields.hasAction) return 'invalid';
  if (!answer) return 'unanswered';
  if (answer.fields.kind === 'UserRejectObservation') return 'rejected';
  return answer.entry.failed || answer.fields.status === 'failed' ? 'failed' : 'ok';
}

/** Whether a call went wrong, in whatever way. */
export function hasFailed({ outcome }: Call): boolean {
  return outcome === 'failed' || outcome === 'rejected' || outcome === 'invalid';
}

/** How a call ended, in a word or two. */
export function resultOf({ outcome, answer }: Call): string {
  const code = answer?.fields.exitCode;
  if (outcome === 'failed') return code && code !== STILL_RUNNING ? `exit ${code}` : 'error';
  return code === STILL_RUNNING ? 'running' : outcome;
}

/** What the answer of a call that went wrong says; of a command with an exit code, how its output ends. */
export function errorOf(call: Call): string | undefined {
  const { answer } = call;
  if (!hasFailed(call) || !answer) return undefined;
  const code = answer.fields.exitCode;
  if (code && code !== STILL_RUNNING) return answer.lastLine;
  return answer.description.replace(/^\[(?:error|running)\] |^rejected: /, '');
}
