import type { Severity } from '../../verification/rule.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Totals } from './types.ts';

/** Sums over all verified conversations. */
export function totalsOf(conversations: readonly VerifiedConversation[]): Totals {
  const count = (severity: Severity) =>
    conversations.flatMap(({ findings }) => findings).filter((f) => f.severity === severity).length;
  const sum = (key: 'events' | 'unreadable' | 'bytes') =>
    conversations.reduce((total, c) => total + c[key], 0);
  return {
    conversations: conversations.length,
    events: sum('events'),
    unreadable: sum('unreadable'),
    bytes: sum('bytes'),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
}
