import { leaseEnd } from '../../domain/state-file.ts';
import type { Rule } from '../rule.ts';

export const staleLease: Rule = {
  code: 'stale-lease',
  severity: 'warning',
  meaning: 'owner_lease.json names an owner whose time has run out.',
  cause: 'The server that owned the conversation died, and did not give the lease back.',
  consequence: 'Another server takes the conversation over.',
  remedy: 'None is needed.',
  *check({ lease, now }) {
    const end = leaseEnd(lease);
    if (end === undefined || end > now) return;
    const when = new Date(Math.min(Math.max(end, 0), 8.64e15)).toISOString();
    yield { file: 'owner_lease.json', message: `it ran out at ${when}` };
  },
};
