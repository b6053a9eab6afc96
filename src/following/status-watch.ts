import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isFault, type ReadOutcome } from '../domain/event.ts';
import { isMain } from '../domain/event-kinds.ts';
import type { Fact, Facts } from '../domain/facts/facts.ts';
import { canBeOlderThanLog, knownFacts, logAge } from '../domain/facts/known-facts.ts';
import { factsStatedBy, stateFacts } from '../domain/facts/stated-facts.ts';
import type { StateFile } from '../domain/state-file.ts';
import type { LiveLog } from '../reading/live-log.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { writeTimesOf } from '../storage/event-storage.ts';
import { readStateFile, STATE_FILE } from '../storage/read-state-file.ts';

/**
 * A status that is missing, or that only an event gives, counts after this many checks without a new event: a state that
 * is being written has no status for a moment, and the SDK writes the state just before the event.
 */
const QUIET_LOOKS = 2;
/** File system clocks are coarse: two writes within this time can have the same stamp. In ms. */
const CLOCK_GRAIN_MS = 50;

/** Follows the status of a conversation: in base_state.json, and in events where it is missing or older. */
export class StatusWatch {
  #stamp = '';
  #status: Fact<string> | undefined;
  #quietLooks = 0;
  #isMissingReported = false;
  #inEvents: Facts | undefined;
  #read:
    | { readonly stamp: string; readonly isSettled: boolean; readonly state: StateFile }
    | undefined;
  /** Index of the last main event. */
  #lastMain = -1;

  constructor(readonly log: LiveLog) {}

  /** Takes notice of an event that was written. */
  note(outcome: ReadOutcome): void {
    this.#quietLooks = 0;
    if (!this.#inEvents) return; // they have not been read yet
    this.#noteMain(outcome);
    if (!isFault(outcome)) this.#inEvents = { ...this.#inEvents, ...factsStatedBy(outcome) };
  }

  /** @param isQuiet no event was written since the last check. @returns the status, if it may have changed */
  look(isQuiet: boolean): Fact<string> | 'no-status' | undefined {
    const path = join(this.log.folder.path, STATE_FILE);
    const stat = statSync(path, { throwIfNoEntry: false });
    const stamp = stampOf(stat);
    const state = this.#readState(stamp, stat);
    const status = this.#decide(state);
    if (status?.source.kind === 'state') {
      const isSame = stamp === this.#stamp && status.value === this.#status?.value;
      [this.#stamp, this.#status, this.#quietLooks] = [stamp, status, 0];
      return isSame ? undefined : status;
    }
    if (!isQuiet) this.#quietLooks = 0;
    else this.#quietLooks++;
    if (this.#quietLooks !== QUIET_LOOKS) return undefined;
    if (status || this.#isMissingReported || this.#stamp !== '') return status;
    this.#isMissingReported = true;
    return 'no-status';
  }

  /** The state file, read again only if it may have changed. */
  #readState(stamp: string, stat: Stats | undefined): StateFile {
    const known = this.#read;
    if (known?.stamp === stamp && known.isSettled) return known.state;
    // Only the system sets the time of status change.
    const isSettled = stat !== undefined && Date.now() - stat.ctimeMs > CLOCK_GRAIN_MS;
    const state = readStateFile(this.log.folder, STATE_FILE);
    this.#read = { stamp, isSettled, state };
    return state;
  }

  #decide(state: StateFile): Fact<string> | undefined {
    this.#inEvents ??= this.#readEvents(state);
    const { slots, storage } = this.log;
    return knownFacts({
      state,
      meta: { kind: 'absent' },
      inEvents: this.#inEvents,
      log: logAge(slots, this.#lastMain, writeTimesOf(storage)),
    }).status;
  }

  /** Reads from the end: up to the last status, or if the state has one that is not old, up to the last main event. */
  #readEvents(state: StateFile): Facts {
    const { slots, storage } = this.log;
    const newest = slots.at(-1);
    const hasStatus = state.kind === 'valid' && stateFacts(state.value).status !== undefined;
    const isOld = canBeOlderThanLog(state, newest && writeTimesOf(storage)(newest.name));
    let facts: Facts = {};
    for (let at = slots.length - 1; at >= 0; at--) {
      const slot = slots.at(at);
      const outcome = slot && this.log.read(slot);
      if (!outcome) break;
      this.#noteMain(outcome);
      if (!isFault(outcome)) facts = { ...factsStatedBy(outcome), ...facts };
      if (facts.status || (hasStatus && !isOld && this.#lastMain >= 0)) break;
    }
    return facts;
  }

  #noteMain(outcome: ReadOutcome): void {
    // An event that can't be read could be of any kind.
    if (!isFault(outcome) && !isMain(outcome.entry.kind)) return;
    this.#lastMain = Math.max(this.#lastMain, outcome.slot.index);
  }
}

/** Changes when the state file of a conversation is written; empty while there is none. */
export function stampOfState(folder: ConversationFolder): string {
  return stampOf(statSync(join(folder.path, STATE_FILE), { throwIfNoEntry: false }));
}

function stampOf(stat: Stats | undefined): string {
  return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}` : '';
}
