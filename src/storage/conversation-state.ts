import { leaseEnd, titleOf } from '../domain/state-file.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { LEASE_FILE, META_FILE, readStateFile } from './read-state-file.ts';

/** Whether a server's lease on the conversation is still valid. @param now ms since the epoch */
export function hasLiveLease(folder: ConversationFolder, now: number): boolean {
  const end = leaseEnd(readStateFile(folder, LEASE_FILE));
  return end !== undefined && end > now;
}

/** The title that an agent-server gave the conversation. */
export function readTitle(folder: ConversationFolder): string | undefined {
  return titleOf(readStateFile(folder, META_FILE));
}
