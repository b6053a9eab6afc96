import type { Rule } from '../rule.ts';

export const missingState: Rule = {
  code: 'missing-state',
  severity: 'warning',
  meaning: 'The conversation has no base_state.json.',
  cause: 'The folder is an export or an excerpt, or the file was lost.',
  consequence:
    'The SDK creates a new state, without the old status, settings and costs, and keeps the old events. It still reads the branch of the last event, so an error there still keeps it from resuming the conversation.',
  remedy: 'If you want to resume the conversation, restore base_state.json.',
  *check({ state }) {
    if (state.kind === 'absent') {
      yield { file: 'base_state.json', message: 'base_state.json is missing' };
    }
  },
};
