import type { Rule } from '../rule.ts';

export const missingState: Rule = {
  code: 'missing-state',
  severity: 'warning',
  meaning: 'There is no base_state.json beside the events.',
  cause: 'The folder is an export or an excerpt, or the file was lost.',
  consequence:
    'A fresh state is made: the conversation starts over, with the old events beneath it.',
  remedy: 'Restore base_state.json, if the conversation is to be resumed.',
  *check({ state }) {
    if (state.kind === 'absent') yield { file: 'base_state.json', message: 'there is none' };
  },
};
