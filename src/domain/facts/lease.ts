import { own, ownString } from '../../text/json-value.ts';
import { truncateEnd } from '../../text/truncate.ts';
import type { StateFile } from '../state-file.ts';

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
  const expires = own(file.value, 'expires_at');
  return {
    owner: ownString(file.value, 'owner_instance_id'),
    host: ownString(file.value, 'owner_host'),
    pid: typeof pid === 'number' ? pid : undefined,
    expiresAt: typeof expires === 'number' ? expires * 1000 : undefined, // the file has seconds
  };
}

/** Whether a lease is still valid; undefined if its end is not known. @param now ms since the epoch */
export function isLive({ expiresAt }: Lease, now: number): boolean | undefined {
  return expiresAt === undefined ? undefined : expiresAt > now;
}

/** The largest time that a Date can hold, in ms since the epoch. */
const MAX_DATE_MS = 8.64e15;

/** The end of a lease in ms since the epoch, within what a Date can hold. Undefined if it is not known. */
export function leaseEndMs({ expiresAt }: Lease): number | undefined {
  if (expiresAt === undefined) return undefined;
  return Math.min(Math.max(Math.round(expiresAt), -MAX_DATE_MS), MAX_DATE_MS);
}

/** The end of a lease in UTC, ISO 8601. */
export function leaseEndText(lease: Lease): string {
  const end = leaseEndMs(lease);
  return end === undefined ? 'an unknown time' : new Date(end).toISOString();
}

/** Longer names of servers and hosts are cut. In UTF-16 units. */
const MAX_NAME_CHARS = 100;

/** `a1b2 on host-1 (pid 7)`. Not safe to print as it is. */
export function leaseOwner({ owner, host, pid }: Lease): string {
  const parts = [
    truncateEnd(owner ?? 'an unknown server', MAX_NAME_CHARS),
    ...(host === undefined ? [] : [`on ${truncateEnd(host, MAX_NAME_CHARS)}`]),
    ...(pid === undefined ? [] : [`(pid ${pid})`]),
  ];
  return parts.join(' ');
}
