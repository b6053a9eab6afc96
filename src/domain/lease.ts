import { own, ownString } from '../text/json-value.ts';
import { leaseEnd, type StateFile } from './state-file.ts';

/** A server's claim to be the only one that writes to a conversation: owner_lease.json. */
export interface Lease {
  /** Instance id of the server. */
  readonly owner: string | undefined;
  readonly host: string | undefined;
  /** Process id on that host. */
  readonly pid: number | undefined;
  /** In ms since the epoch; undefined if the file does not say it. */
  readonly expiresAt: number | undefined;
}

/** Undefined if there is no lease, or if it can't be read. Source: openhands-agent-server conversation_lease.py. */
export function leaseOf(file: StateFile): Lease | undefined {
  if (file.kind !== 'valid') return undefined;
  const pid = own(file.value, 'owner_pid');
  return {
    owner: ownString(file.value, 'owner_instance_id'),
    host: ownString(file.value, 'owner_host'),
    pid: typeof pid === 'number' ? pid : undefined,
    expiresAt: leaseEnd(file),
  };
}

/** Whether a lease is still valid; undefined if its end is not known. @param now ms since the epoch */
export function isLive({ expiresAt }: Lease, now: number): boolean | undefined {
  return expiresAt === undefined ? undefined : expiresAt > now;
}
