import { isLive, leaseOf } from '../domain/facts/lease.ts';
import { titleOf } from '../domain/state-file.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { LEASE_FILE, META_FILE, readStateFile } from './read-state-file.ts';

/** Whether a server's lease on the conversation is still valid. @param now ms since the epoch */
export function hasLiveLease(folder: ConversationFolder, now: number): boolean {
  const lease = leaseOf(readStateFile(folder, LEASE_FILE));
  return lease !== undefined && isLive(lease, now) === true;
}

/** The title that an agent-server gave the conversation. */
export function readTitle(folder: ConversationFolder): string | undefined {
  return titleOf(readStateFile(folder, META_FILE));
}
