import { positionOf, type Rule } from '../rule.ts';
import { findInvalidStateFields } from '../state-schema.ts';

export const corruptState: Rule = {
  code: 'corrupt-state',
  severity: 'error',
  meaning: 'base_state.json cannot be read, or is not a valid state.',
  cause: 'The process died while it rewrote the file in place, or the disk was full.',
  consequence:
    'The SDK raises an exception when it resumes the conversation. If the file is empty, the SDK creates a new state instead.',
  remedy:
    'Restore base_state.json from a backup. Without a backup, delete the file in a copy of the conversation: the conversation then starts over and keeps its events.',
  *check({ state, stateRefusals: [newest] }) {
    if (state.kind === 'valid') {
      // Versions convert values: `"true"` to a boolean. What the newest one accepts is not invalid.
      const invalid = newest ? findInvalidStateFields(state.value) : [];
      if (invalid.length > 0) yield { file: 'base_state.json', message: invalid.join('; ') };
    }
    if (state.kind !== 'invalid') return;
    yield { file: 'base_state.json', message: state.message, ...positionOf(state) };
  },
};
