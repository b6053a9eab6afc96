import { bareId } from '../../domain/ids.ts';
import { own } from '../../text/json-value.ts';
import type { Rule } from '../rule.ts';

export const stateIdMismatch: Rule = {
  code: 'state-id-mismatch',
  severity: 'error',
  meaning: 'The id in base_state.json is not the one that the folder is named by.',
  cause: 'The folder was copied or renamed, or the state is of another conversation.',
  consequence: 'Resuming raises ValueError.',
  remedy: 'Rename the folder, or restore the state that belongs to it.',
  *check({ state, folderId }) {
    const id = state.kind === 'valid' ? own(state.value, 'id') : undefined;
    if (folderId === undefined || typeof id !== 'string' || bareId(id) === folderId) return;
    yield { file: 'base_state.json', message: `its id is ${id}, the folder's ${folderId}` };
  },
};
