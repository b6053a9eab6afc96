import type { EventSource, ScanOptions } from '../../domain/scan.ts';
import { type EventRecord, recordOf } from '../event-record.ts';
import type { FactFiles } from '../facts/log-facts.ts';
import { type EndedLog, type LogEnd, logEndOf } from './log-end.ts';

/** What only the events themselves say about the end of a log. */
interface EndDetails {
  /** The code and the text of the conversation's last error, cut. Not safe to print as it is. */
  readonly errorText: string | undefined;
  /** Index of the first of the equal calls with which the log ends, if the SDK stops an agent for them. */
  readonly repeatsFrom: number | undefined;
}

/** The end of a log, with what its events say about it. */
export interface ReadEnd {
  readonly end: LogEnd;
  readonly details: EndDetails;
  /** When the newest event file was written, in ms since the epoch; undefined if that is not known. */
  readonly writtenAt: number | undefined;
}

/** What was read of a conversation before its end is looked at. */
interface ReadLog extends Pick<EndedLog, 'entries' | 'faults' | 'status' | 'treeState'> {
  /** The event at each position, if all events were read. */
  readonly records?: readonly (EventRecord | undefined)[];
  readonly writtenAt: FactFiles['writtenAt'];
}

/**
 * Looks at the end of a log. If not all events were read, it reads few: the last error of the conversation, the last
 * steps if the status does not say how it ended, and those that show which branch is the active one.
 *
 * @throws ConversationGone
 */
export async function readEnd(source: EventSource, log: ReadLog): Promise<ReadEnd> {
  const { slots } = source;
  const { records } = log;
  const recordAt = records
    ? async (position: number) => records[position]
    : (position: number) => readRecord(source, position);
  const end = await logEndOf({ ...log, slots, recordAt });
  const error = end.error && (await recordAt(end.error.position));
  const turn: EventRecord[] = [];
  for (const position of end.turn) {
    const record = await recordAt(position);
    if (record) turn.push(record);
  }
  const newest = slots.at(-1);
  return {
    end,
    details: { errorText: error?.description, repeatsFrom: repeatsFrom(turn) },
    writtenAt: newest && log.writtenAt(newest.name),
  };
}

async function readRecord(source: EventSource, position: number): Promise<EventRecord | undefined> {
  let record: EventRecord | undefined;
  await source.scan([position], BODIES, {
    entry(_, event) {
      record = event && recordOf(event, position);
      return undefined;
    },
    fault: () => undefined, // the scan of all entries has reported it
  });
  return record;
}

const BODIES: ScanOptions = { needsBody: () => true, mayNeedBodies: true };

/** Equal calls with equal answers, equal calls with an error, and equal rounds of two calls. */
const MAX_EQUAL_CALLS = 4;
const MAX_EQUAL_ERRORS = 3;
const MAX_EQUAL_ROUNDS = 3;

/**
 * Index of the first of the equal calls at the end, if there are so many that the SDK stops the agent as stuck.
 * Source: openhands-sdk conversation/stuck_detector.py and its thresholds in conversation/types.py.
 *
 * @param turn the last steps, in order
 */
function repeatsFrom(turn: readonly EventRecord[]): number | undefined {
  const actions = turn.filter(({ fields }) => fields.kind === 'ActionEvent');
  const answers = turn.filter(({ fields }) => ANSWER_KINDS.has(fields.kind));
  if (turn.at(-1) !== answers.at(-1)) return undefined;
  const errors = answers.slice(-MAX_EQUAL_ERRORS);
  const isErrors =
    errors.length === MAX_EQUAL_ERRORS &&
    errors.every(({ fields }) => fields.kind === 'AgentErrorEvent');
  if (isErrors && areEqual(actions, 1, MAX_EQUAL_ERRORS)) {
    return actions.at(-MAX_EQUAL_ERRORS)?.slot.index;
  }
  for (const [period, times] of [
    [1, MAX_EQUAL_CALLS],
    [2, MAX_EQUAL_ROUNDS],
  ] as const) {
    if (areEqual(actions, period, times) && areEqual(answers, period, times)) {
      return actions.at(-period * times)?.slot.index;
    }
  }
  return undefined;
}

const ANSWER_KINDS = new Set(['ObservationEvent', 'AgentErrorEvent', 'UserRejectObservation']);

/** Whether a list ends with `times` equal rounds of `period` events. */
function areEqual(records: readonly EventRecord[], period: number, times: number): boolean {
  const rounds = records
    .slice(-period * times)
    .map(({ fields }) => fields.fingerprint ?? fields.answerFingerprint);
  if (rounds.length < period * times) return false;
  return rounds.every((one, at) => one !== undefined && one === rounds[at % period]);
}
