import { bareId } from '../../domain/ids.ts';
import { own } from '../../text/json-value.ts';
import type { Rule } from '../rule.ts';
import { toUuid } from '../sdk/scalar-checks.ts';

export const stateIdMismatch: Rule = {
  code: 'state-id-mismatch',
  severity: 'error',
  meaning: 'The id in base_state.json differs from the id in the folder name.',
  cause: 'The folder was copied or renamed, or base_state.json belongs to another conversation.',
  consequence: 'The SDK raises ValueError when it resumes the conversation.',
  remedy: 'Rename the folder, or restore the base_state.json that belongs to it.',
  *check({ state, folderId }) {
    const id = state.kind === 'valid' ? own(state.value, 'id') : undefined;
    if (folderId === undefined || typeof id !== 'string') return;
    // The SDK reads several ways to write an id.
    if ((toUuid(id) ?? bareId(id)) === folderId) return;
    yield {
      file: 'base_state.json',
      message: `base_state.json has the id ${id}, but the folder name says ${folderId}`,
    };
  },
};
