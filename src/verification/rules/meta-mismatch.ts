import { bareId } from '../../domain/ids.ts';
import { own } from '../../text/json-value.ts';
import type { Rule } from '../rule.ts';

export const metaMismatch: Rule = {
  code: 'meta-mismatch',
  severity: 'warning',
  meaning: 'The id in meta.json is not the one that the folder is named by.',
  cause: 'The folder was copied or renamed.',
  consequence: 'The agent-server lists the conversation under the other id.',
  remedy: 'Rename the folder, or restore the meta data that belong to it.',
  *check({ meta, folderId }) {
    const id = meta.kind === 'valid' ? own(meta.value, 'id') : undefined;
    if (folderId === undefined || typeof id !== 'string' || bareId(id) === folderId) return;
    yield { file: 'meta.json', message: `its id is ${id}, the folder's ${folderId}` };
  },
};
