import type { Fault } from '../domain/event.ts';
import type { Facts } from '../domain/facts/facts.ts';
import { knownFacts, logAge } from '../domain/facts/known-facts.ts';
import { type Lease, leaseOf } from '../domain/facts/lease.ts';
import type { EventSource } from '../domain/scan.ts';
import { bySlot } from '../domain/slot.ts';
import type { StateFile } from '../domain/state-file.ts';
import { type History, type HistoryPass, readHistory } from '../history/history.ts';
import type { Filter } from '../query/filter.ts';
import type { EventLog } from '../reading/event-log.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { writeTimesOf } from '../storage/event-storage.ts';
import {
  LEASE_FILE,
  META_FILE,
  readSettledStateFile,
  readStateFile,
  STATE_FILE,
} from '../storage/read-state-file.ts';

export interface OpenLogOptions {
  /** Use the index of earlier runs, and keep one for later runs. Default: true. */
  readonly cached?: boolean;
  /** Most bytes of events that are kept in memory. */
  readonly maxMemoryBytes?: number;
}

/** What use cases need of a run: it opens logs with the run's scheduler, workers and cache. */
export interface LogOpener {
  /** @throws CoreError if the conversation can't be listed */
  openLog(folder: ConversationFolder, options?: OpenLogOptions): EventLog;
  /** The log as queries see it. The run can show their progress. */
  source(log: EventSource): EventSource;
}

/** A conversation that was read from end to end. */
export interface OpenedHistory {
  readonly log: EventLog;
  readonly state: StateFile;
  /** meta.json. */
  readonly meta: StateFile;
  readonly history: History;
  /** Status, model, title, usage … and where each is from. */
  readonly facts: Facts;
  readonly lease: Lease | undefined;
  /** Events that are missing from the answer, and that the filter does not rule out by their names. */
  readonly skipped: Fault[];
}

/** Opens a conversation and reads all of it. @throws CoreError if it can't be read */
export async function openHistory(
  opener: LogOpener,
  folder: ConversationFolder,
  filter?: Filter,
  options?: OpenLogOptions & HistoryPass,
): Promise<OpenedHistory> {
  // The state is read first. Every event that it names was written before it, so the listing must contain it.
  const state = await readSettledStateFile(folder, STATE_FILE);
  const meta = await readSettledStateFile(folder, META_FILE);
  const log = opener.openLog(folder, options);
  const history = await readHistory(opener.source(log), state, filter, options);
  const skipped = [...history.faults, ...history.undecided]
    .sort((a, b) => bySlot(a.slot, b.slot))
    .filter(({ slot }) => filter?.admitsSlot(slot) ?? true);
  return {
    log,
    state,
    meta,
    history,
    facts: factsOf(history, log, state, meta),
    lease: leaseOf(readStateFile(folder, LEASE_FILE)),
    skipped,
  };
}

function factsOf(history: History, log: EventLog, state: StateFile, meta: StateFile): Facts {
  const { statedFacts, lastMain } = history;
  return knownFacts({
    state,
    meta,
    inEvents: statedFacts,
    log: logAge(log.slots, lastMain, writeTimesOf(log.storage)),
  });
}
