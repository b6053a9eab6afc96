import { isAnswer } from '../../domain/event-links.ts';
import { type Rule, shared } from '../rule.ts';

export const duplicateObservation: Rule = {
  code: 'duplicate-observation',
  severity: 'warning',
  meaning: 'An action has more than one answer.',
  cause: 'A tool answered twice, or the process died and did the action again.',
  consequence: 'The model sees one of them.',
  remedy: 'None is needed.',
  *check({ events }) {
    const answers = shared(events, ({ fields }) =>
      fields && isAnswer(fields) ? fields.actionId : undefined,
    );
    for (const [id, [first, ...rest]] of answers) {
      const [slot = first, ...related] = rest;
      if (!slot || !first) continue;
      yield {
        slot,
        related: [first, ...related],
        message: `answer ${rest.length + 1} to the action ${id}`,
      };
    }
  },
};
