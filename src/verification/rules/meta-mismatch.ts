import { bareId } from '../../domain/ids.ts';
import { own } from '../../text/json-value.ts';
import type { Rule } from '../rule.ts';

export const metaMismatch: Rule = {
  code: 'meta-mismatch',
  severity: 'warning',
  meaning: 'The id in meta.json differs from the id in the folder name.',
  cause: 'The folder was copied or renamed.',
  consequence: 'The agent-server lists the conversation under the id in meta.json.',
  remedy: 'Rename the folder, or restore the meta.json that belongs to it.',
  *check({ meta, folderId }) {
    const id = meta.kind === 'valid' ? own(meta.value, 'id') : undefined;
    if (folderId === undefined || typeof id !== 'string' || bareId(id) === folderId) return;
    yield {
      file: 'meta.json',
      message: `meta.json has the id ${id}, but the folder name says ${folderId}`,
    };
  },
};
