import { isLive, leaseEndText, leaseOf, leaseOwner } from '../../domain/facts/lease.ts';
import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

export const staleLease: Rule = {
  code: 'stale-lease',
  severity: 'warning',
  meaning: 'The lease in owner_lease.json has expired.',
  cause: 'The agent-server that owned the conversation died before it released the lease.',
  consequence: 'Another agent-server can take over the conversation.',
  remedy: REMEDY.none,
  *check({ lease: file, now }) {
    const lease = leaseOf(file);
    if (!lease || isLive(lease, now) !== false) return;
    const message = `the lease of ${leaseOwner(lease)} expired at ${leaseEndText(lease)}`;
    yield { file: 'owner_lease.json', message };
  },
};
