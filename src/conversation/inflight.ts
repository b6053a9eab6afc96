import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Outcome } from '../model/event.ts';
import { isFault } from '../model/event.ts';
import type { Folder } from './folder.ts';
import { readLease } from './state.ts';

/** A file this young may still be in the hands of its writer. In ms. */
const YOUNG_MS = 5_000;

/** Whether an outcome is what a file gives while it is being written. */
export function looksHalfWritten(outcome: Outcome): outcome is Fault {
  return isFault(outcome) && (outcome.code === 'empty-file' || outcome.code === 'truncated-json');
}

/**
 * Whether the newest event file may be in the middle of its write: it is young, or a live lease says
 * that a server owns the conversation. Writers up to 2026 write in place, and no lock tells readers.
 *
 * @param now ms since the epoch
 */
export async function mayBeInFlight(folder: Folder, name: string, now: number): Promise<boolean> {
  const stat = statSync(join(folder.events, name), { throwIfNoEntry: false });
  if (!stat) return false;
  // A clock that is a little ahead of ours writes from the future.
  if (Math.abs(now - stat.mtimeMs) < YOUNG_MS) return true;
  const lease = await readLease(folder);
  return lease !== undefined && lease.expires_at * 1000 > now;
}
