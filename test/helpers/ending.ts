import { leaseOf } from '../../src/domain/facts/lease.ts';
import { type Ending, outcomeOf } from '../../src/history/outcome/outcome.ts';
import { overviewOf } from '../../src/history/overview.ts';
import { writeTimesOf } from '../../src/storage/event-storage.ts';
import {
  LEASE_FILE,
  META_FILE,
  readStateFile,
  STATE_FILE,
} from '../../src/storage/read-state-file.ts';
import { findZone, type Zone } from '../../src/time/zone.ts';
import { openLog } from './open-log.ts';

/** How a conversation ended, from what a list of conversations reads of it. @param now default: now */
export async function endingOf(path: string, now = new Date()): Promise<Ending> {
  const log = openLog(path);
  const { folder } = log;
  const state = readStateFile(folder, STATE_FILE);
  const meta = readStateFile(folder, META_FILE);
  const files = { state, meta, writtenAt: writeTimesOf(log.storage) };
  const { facts, end } = await overviewOf(log, files, findZone('UTC') as Zone);
  const lease = leaseOf(readStateFile(folder, LEASE_FILE));
  return outcomeOf({ ...end, status: facts.status, state, lease, now: now.getTime() * 1000 });
}
