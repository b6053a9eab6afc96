import { type Fault, isFault, type Outcome, ownString } from '../model/event.ts';
import type { Slot } from '../model/slot.ts';

/** What rules know of one event file. */
export interface Checked {
  readonly slot: Slot;
  /** Why it could not be read; the rest is known only of events that could. */
  readonly fault?: Fault;
  /** The id that the event itself tells. */
  readonly id?: string;
}

/** A conversation as rules see it: everything they need, read once. */
export interface Subject {
  readonly events: readonly Checked[];
  /** Names in the events folder that are not event files. */
  readonly strangers: readonly string[];
  /** How many events the SDK's index would hold. */
  readonly reachable: number;
  /** Bytes read. */
  readonly bytes: number;
}

/** Reads every event of a log into what the rules need of it. */
export async function makeSubject(log: {
  readonly slots: readonly Slot[];
  readonly strangers: readonly string[];
  readonly reachable: number;
  read(slots: Iterable<Slot>, options: { once: boolean }): AsyncIterable<Outcome>;
}): Promise<Subject> {
  const events: Checked[] = [];
  let bytes = 0;
  for await (const outcome of log.read(log.slots, { once: true })) {
    bytes += outcome.bytes;
    events.push(isFault(outcome) ? { slot: outcome.slot, fault: outcome } : digest(outcome));
  }
  return { events, strangers: log.strangers, reachable: log.reachable, bytes };
}

function digest({ slot, value }: Exclude<Outcome, Fault>): Checked {
  const id = ownString(value, 'id');
  return id === undefined ? { slot } : { slot, id };
}
