import type { Entry } from '../../domain/entry.ts';
import type { Fault } from '../../domain/event.ts';
import { stateWithLeaf } from '../../domain/facts/known-facts.ts';
import { leaseOf } from '../../domain/facts/lease.ts';
import { ALL_ENTRIES } from '../../domain/scan.ts';
import { readFacts } from '../../history/facts/log-facts.ts';
import type { Ending } from '../../history/outcome/outcome.ts';
import { readEnd } from '../../history/outcome/read-end.ts';
import type { ConversationFolder } from '../../storage/conversation-folder.ts';
import { writeTimesOf } from '../../storage/event-storage.ts';
import { LEASE_FILE, META_FILE, readStateFile, STATE_FILE } from '../../storage/read-state-file.ts';
import type { LogOpener } from '../open-history.ts';
import { endingOf } from './end-of-history.ts';

/**
 * How a conversation ended, from its entries and the few events that matter for it.
 *
 * @param now µs since the epoch
 * @throws CoreError if it can't be read
 */
export async function readEnding(
  opener: LogOpener,
  folder: ConversationFolder,
  now: number,
): Promise<Ending> {
  const [state, meta] = [readStateFile(folder, STATE_FILE), readStateFile(folder, META_FILE)];
  const log = opener.openLog(folder);
  const writtenAt = writeTimesOf(log.storage);
  const entries: (Entry | undefined)[] = new Array(log.slots.length);
  const faults: Fault[] = [];
  await log.scan([...log.slots.keys()], ALL_ENTRIES, {
    entry(entry, _, position) {
      entries[position] = entry;
      return undefined;
    },
    fault(fault) {
      faults.push(fault);
      return undefined;
    },
  });
  const facts = await readFacts(log, { state, meta, writtenAt }, ['status', 'leaf']);
  const status = facts.status?.value;
  const treeState = stateWithLeaf(state, facts, -1).state;
  const end = await readEnd(log, { entries, faults, status, treeState, writtenAt });
  await log.save();
  const lease = leaseOf(readStateFile(folder, LEASE_FILE));
  return endingOf({ facts, state, lease }, end, now);
}
