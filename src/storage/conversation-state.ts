import { leaseEnd, statusOf, titleOf } from '../domain/state-file.ts';
import { LEASE, META, readDocument, STATE } from './read-state-file.ts';
import type { Folder } from './conversation-folder.ts';

/** Whether a server's lease on the conversation has not run out. @param now ms since the epoch */
export function hasLiveLease(folder: Folder, now: number): boolean {
  const end = leaseEnd(readDocument(folder, LEASE));
  return end !== undefined && end > now;
}

/** The status that base_state.json tells. Undefined without one, and while it is rewritten in place. */
export function readStatus(folder: Folder): string | undefined {
  return statusOf(readDocument(folder, STATE));
}

/** What an agent-server calls the conversation. */
export function readTitle(folder: Folder): string | undefined {
  return titleOf(readDocument(folder, META));
}
