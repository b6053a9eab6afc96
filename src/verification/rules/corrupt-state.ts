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
  *check({ state, isLive }) {
    if (state.kind === 'valid') {
      const invalid = findInvalidStateFields(state.value);
      if (invalid.length > 0) yield { file: 'base_state.json', message: invalid.join('; ') };
    }
    if (state.kind !== 'invalid') return;
    // The SDK rewrites the state in place. While an agent works, the next check may find a valid file.
    const severity = isLive && state.code !== 'linked-file' ? { severity: 'info' as const } : {};
    yield { file: 'base_state.json', message: state.message, ...positionOf(state), ...severity };
  },
};
