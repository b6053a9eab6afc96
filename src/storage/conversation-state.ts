import { leaseEnd, statusOf, titleOf } from '../domain/state-file.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import { LEASE_FILE, META_FILE, readStateFile, STATE_FILE } from './read-state-file.ts';

/** Whether a server's lease on the conversation is still valid. @param now ms since the epoch */
export function hasLiveLease(folder: ConversationFolder, now: number): boolean {
  const end = leaseEnd(readStateFile(folder, LEASE_FILE));
  return end !== undefined && end > now;
}

/** The status in base_state.json. Undefined if there is none, and while the file is being rewritten in place. */
export function readStatus(folder: ConversationFolder): string | undefined {
  return statusOf(readStateFile(folder, STATE_FILE));
}

/** The title that an agent-server gave the conversation. */
export function readTitle(folder: ConversationFolder): string | undefined {
  return titleOf(readStateFile(folder, META_FILE));
}
