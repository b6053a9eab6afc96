import { positionOf, type Rule } from '../rule.ts';

export const corruptMeta: Rule = {
  code: 'corrupt-meta',
  severity: 'warning',
  meaning: 'meta.json or owner_lease.json exists but cannot be read.',
  cause: 'The process died while it rewrote the file in place.',
  consequence:
    'The agent-server does not list a conversation with a corrupt meta.json. It ignores a corrupt owner_lease.json.',
  remedy: 'Restore the file from a backup, or delete the file in a copy of the conversation.',
  *check({ meta, lease }) {
    for (const [file, content] of [
      ['meta.json', meta],
      ['owner_lease.json', lease],
    ] as const) {
      if (content.kind === 'invalid')
        yield { file, message: content.message, ...positionOf(content) };
    }
  },
};
