import type { Entry } from '../model/entry.ts';
import { pairAnswers } from '../model/pairing.ts';
import { instant, type Zone } from '../model/zone.ts';
import type { History } from './history.ts';
import { findLoops, type Loop } from './loops.ts';
import type { EventRecord } from './record.ts';

/** A call of a tool: the action, and its answer where there is one. */
export interface Call {
  readonly action: EventRecord;
  /** The first that came. */
  readonly answer: EventRecord | undefined;
  /** From the action's timestamp to its answer's, in µs; undefined where one has none. */
  readonly duration: number | undefined;
  readonly outcome: Outcome;
  /** The run of equal calls that it is part of. */
  readonly loop: Loop | undefined;
}

/**
 * `rejected` by a user or a hook; `failed` by its answer; `invalid`, a call that could not be executed;
 * `unanswered`, pending or lost with its process.
 */
type Outcome = 'ok' | 'failed' | 'rejected' | 'invalid' | 'unanswered';

/** Every call of a conversation, in index order. */
export function callsOf({ records }: History, zone: Zone): Call[] {
  const answers = new Map<EventRecord, EventRecord>();
  for (const [answer, action] of pairAnswers(records)) {
    if (!answers.has(action)) answers.set(action, answer);
  }
  const actions = records.filter(({ told }) => told.kind === 'ActionEvent');
  const loops = findLoops(
    actions.map((action) => ({
      call: action.told.fingerprint,
      answer: answers.get(action)?.told.fingerprint,
    })),
  );
  return actions.map((action, at) => {
    const answer = answers.get(action);
    return {
      action,
      answer,
      duration: answer && timeBetween(action.entry, answer.entry, zone),
      outcome: outcomeOf(action, answer),
      loop: loops[at],
    };
  });
}

/** From one event's timestamp to another's, in µs; undefined where one tells no time. */
export function timeBetween(from: Entry, to: Entry, zone: Zone): number | undefined {
  return from.stamp && to.stamp && instant(to.stamp, zone) - instant(from.stamp, zone);
}

function outcomeOf({ told }: EventRecord, answer: EventRecord | undefined): Outcome {
  if (!told.hasAction) return 'invalid';
  if (!answer) return 'unanswered';
  if (answer.told.kind === 'UserRejectObservation') return 'rejected';
  return answer.entry.failed ? 'failed' : 'ok';
}

/** Whether a call went wrong, in whatever way. */
export function hasFailed({ outcome }: Call): boolean {
  return outcome === 'failed' || outcome === 'rejected' || outcome === 'invalid';
}
