import { positionOf, type Rule } from '../rule.ts';

export const corruptMeta: Rule = {
  code: 'corrupt-meta',
  severity: 'warning',
  meaning: 'meta.json or owner_lease.json is there, and cannot be read.',
  cause: 'It is rewritten in place, and the process died meanwhile.',
  consequence: 'The agent-server does not list the conversation, or takes its lease for none.',
  remedy: 'Restore it from a backup, or remove it in a copy.',
  *check({ meta, lease }) {
    for (const [file, document] of [
      ['meta.json', meta],
      ['owner_lease.json', lease],
    ] as const) {
      if (document.kind === 'invalid')
        yield { file, message: document.message, ...positionOf(document) };
    }
  },
};
