import { placeOf, type Rule } from '../rule.ts';

export const corruptState: Rule = {
  code: 'corrupt-state',
  severity: 'error',
  meaning: 'base_state.json is there, and cannot be read.',
  cause: 'It is rewritten in place, and the process died meanwhile; or the disk was full.',
  consequence: 'Resuming raises.',
  remedy:
    'Restore it from a backup. Without one, remove it in a copy: the conversation then starts over, with its events.',
  *check({ state }) {
    if (state.is !== 'faulty') return;
    yield { file: 'base_state.json', message: state.message, ...placeOf(state) };
  },
};
