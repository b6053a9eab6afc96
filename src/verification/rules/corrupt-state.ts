import { positionOf, type Rule } from '../rule.ts';
import { stateFaults } from '../state-schema.ts';

export const corruptState: Rule = {
  code: 'corrupt-state',
  severity: 'error',
  meaning: 'base_state.json is there, and cannot be read, or is no state.',
  cause: 'It is rewritten in place, and the process died meanwhile; or the disk was full.',
  consequence: 'Resuming raises.',
  remedy:
    'Restore it from a backup. Without one, remove it in a copy: the conversation then starts over, with its events.',
  *check({ state, isLive }) {
    if (state.kind === 'valid') {
      const problems = stateFaults(state.value);
      if (problems.length > 0) yield { file: 'base_state.json', message: problems.join('; ') };
    }
    if (state.kind !== 'invalid') return;
    // It is rewritten in place: while somebody writes, the next look may find it sound.
    const severity = isLive && state.code !== 'linked-file' ? { severity: 'info' as const } : {};
    yield { file: 'base_state.json', message: state.message, ...positionOf(state), ...severity };
  },
};
