import { leaseEnd } from '../../domain/state-file.ts';
import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

/** The largest time that a Date can hold, in ms since the epoch. */
const MAX_DATE_MS = 8.64e15;

export const staleLease: Rule = {
  code: 'stale-lease',
  severity: 'warning',
  meaning: 'The lease in owner_lease.json has expired.',
  cause: 'The agent-server that owned the conversation died before it released the lease.',
  consequence: 'Another agent-server can take over the conversation.',
  remedy: REMEDY.none,
  *check({ lease, now }) {
    const end = leaseEnd(lease);
    if (end === undefined || end > now) return;
    const when = new Date(Math.min(Math.max(end, 0), MAX_DATE_MS)).toISOString();
    yield { file: 'owner_lease.json', message: `the lease expired at ${when}` };
  },
};
