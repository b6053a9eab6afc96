import type { z } from 'zod';
import { isLive, type Lease, leaseEndMs, leaseOwner } from '../../domain/facts/lease.ts';
import { formatInstant } from '../../time/instant.ts';
import { formatLocal, type Zone } from '../../time/zone.ts';
import type { lease as leaseSchema } from '../schemas/common.ts';
import { safeText } from '../text/terminal-safe.ts';

/** The end of a lease in µs since the epoch. */
function endOf(lease: Lease): number | undefined {
  const end = leaseEndMs(lease);
  return end === undefined ? undefined : end * 1000;
}

/** @param now µs since the epoch */
export function leaseJson(lease: Lease, now: number): z.infer<typeof leaseSchema> {
  const end = endOf(lease);
  return {
    owner: lease.owner ?? null,
    host: lease.host ?? null,
    pid: lease.pid ?? null,
    expires: end === undefined ? null : formatInstant(end),
    live: isLive(lease, now / 1000) ?? null,
  };
}

/** `held by a1b2 on host-1 (pid 7) until 2026-11-25 12:00:00`. @param now µs since the epoch */
export function leaseText(lease: Lease, now: number, zone: Zone): string {
  const end = endOf(lease);
  const owner = safeText(leaseOwner(lease));
  if (end === undefined) return `held by ${owner}, without an end`;
  const time = formatLocal(end, zone).slice(0, 19).replace('T', ' ');
  return isLive(lease, now / 1000)
    ? `held by ${owner} until ${time}`
    : `was held by ${owner}, expired at ${time}`;
}
