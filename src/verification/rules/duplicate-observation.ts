import { isAnswer } from '../../domain/event-links.ts';
import { groupDuplicates } from '../group-events.ts';
import type { Rule } from '../rule.ts';
import { REMEDY } from '../rule-texts.ts';

export const duplicateObservation: Rule = {
  code: 'duplicate-observation',
  severity: 'warning',
  meaning: 'An action has more than one answer.',
  cause:
    'A tool answered twice, or the process died, and the action was run again after a restart.',
  consequence: 'The SDK shows only one of the answers to the model.',
  remedy: REMEDY.none,
  *check({ events }) {
    const answers = groupDuplicates(events, ({ fields }) =>
      fields && isAnswer(fields) ? fields.actionId : undefined,
    );
    for (const [id, [first, second, ...others]] of answers) {
      if (!first || !second) continue;
      yield {
        slot: second,
        related: [first, ...others],
        message: `the action ${id} has ${others.length + 2} answers`,
      };
    }
  },
};
