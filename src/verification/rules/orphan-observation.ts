import { isAnswer } from '../../domain/event-links.ts';
import type { Rule } from '../rule.ts';
import { unknownRange } from '../unknown-range.ts';

export const orphanObservation: Rule = {
  code: 'orphan-observation',
  severity: 'warning',
  meaning: 'An observation answers an action that is not in the conversation.',
  cause: 'The event of the action was lost, or the log is an excerpt.',
  consequence: 'The observation is left out of what the model sees.',
  remedy: 'Restore the event of the action.',
  *check({ events }) {
    const actions = new Set(
      events.flatMap(({ slot, fields }) => (fields?.kind === 'ActionEvent' ? slot.id : [])),
    );
    const { first } = unknownRange(events);
    for (const { slot, fields } of events) {
      if (
        fields?.actionId !== undefined &&
        isAnswer(fields) &&
        !actions.has(fields.actionId) &&
        slot.index < first
      ) {
        yield { slot, message: `it answers ${fields.actionId}, which is no action here` };
      }
    }
  },
};
