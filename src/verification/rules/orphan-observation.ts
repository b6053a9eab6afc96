import { isAnswer } from '../../domain/event-links.ts';
import type { Rule } from '../rule.ts';

export const orphanObservation: Rule = {
  code: 'orphan-observation',
  severity: 'warning',
  meaning: 'An observation answers an action that is not in the conversation.',
  cause: 'The event file of the action was lost, or the conversation is an excerpt.',
  consequence: 'The SDK leaves the observation out of what the model sees.',
  remedy: 'Restore the event file of the action.',
  *check({ events, lost }) {
    // An event that can't be read can be an action.
    const actionIds = new Set(
      events.flatMap(({ slot, fields }) =>
        !fields || fields.kind === 'ActionEvent' ? slot.id : [],
      ),
    );
    for (const { slot, fields } of events) {
      if (
        fields?.actionId !== undefined &&
        isAnswer(fields) &&
        !actionIds.has(fields.actionId) &&
        slot.index < lost.firstMissing
      ) {
        yield { slot, message: `no action in the conversation has the id ${fields.actionId}` };
      }
    }
  },
};
