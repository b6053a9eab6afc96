import type { z } from 'zod';
import { isLive, type Lease } from '../domain/lease.ts';
import { formatLocal, type Zone } from '../time/zone.ts';
import type { lease as leaseSchema } from './schemas/common.ts';
import { safeText } from './text/terminal-safe.ts';
import { formatInstant } from './text/time.ts';

/** The largest time that a Date can hold, in ms since the epoch. */
const MAX_DATE_MS = 8.64e15;

/** The end of a lease in µs since the epoch, within what can be printed. */
const endOf = ({ expiresAt }: Lease) =>
  expiresAt === undefined
    ? undefined
    : Math.round(Math.min(Math.max(expiresAt, -MAX_DATE_MS), MAX_DATE_MS - 1) * 1000);

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
  const owner = ownerOf(lease);
  if (end === undefined) return `held by ${owner}, without an end`;
  const time = formatLocal(end, zone).slice(0, 19).replace('T', ' ');
  return isLive(lease, now / 1000)
    ? `held by ${owner} until ${time}`
    : `was held by ${owner}, expired at ${time}`;
}

function ownerOf({ owner, host, pid }: Lease): string {
  return [
    safeText(owner ?? 'an unknown server'),
    ...(host === undefined ? [] : [`on ${safeText(host)}`]),
    ...(pid === undefined ? [] : [`(pid ${pid})`]),
  ].join(' ');
}
