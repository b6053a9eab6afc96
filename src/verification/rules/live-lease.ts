import { isLive, leaseEndText, leaseOf, leaseOwner } from '../../domain/facts/lease.ts';
import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

export const liveLease: Rule = {
  code: 'live-lease',
  severity: 'info',
  meaning: 'An agent-server holds a lease on the conversation.',
  cause: 'The conversation is open in an agent-server, or the server died only a short time ago.',
  consequence: 'No other agent-server opens the conversation until the lease expires.',
  remedy: REMEDY.none,
  *check({ lease: file, now }) {
    const lease = leaseOf(file);
    if (!lease || isLive(lease, now) !== true) return;
    const message = `held by ${leaseOwner(lease)} until ${leaseEndText(lease)}`;
    yield { file: 'owner_lease.json', message };
  },
};
