import { own, ownString } from '../model/event.ts';
import { LEASE, readDocument, STATE } from './document.ts';
import type { Folder } from './folder.ts';

/** Whether a server's lease on the conversation has not run out. @param now ms since the epoch */
export function hasLiveLease(folder: Folder, now: number): boolean {
  const lease = readDocument(folder, LEASE);
  const expires = lease.is === 'sound' ? own(lease.value, 'expires_at') : undefined;
  return typeof expires === 'number' && expires * 1000 > now; // it tells seconds
}

/**
 * `execution_status` of base_state.json (`agent_status` in 2025). Undefined without a state, and while
 * it is being rewritten in place.
 */
export function readStatus(folder: Folder): string | undefined {
  const state = readDocument(folder, STATE);
  if (state.is !== 'sound') return undefined;
  return ownString(state.value, 'execution_status') ?? ownString(state.value, 'agent_status');
}
