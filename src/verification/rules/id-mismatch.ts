import type { Rule } from '../rule.ts';

export const idMismatch: Rule = {
  code: 'id-mismatch',
  severity: 'error',
  consequence:
    'The event is found under the id of its file name alone, so what refers to its own id fails.',
  *check({ events }) {
    for (const { slot, id } of events) {
      if (id !== undefined && id !== slot.id) {
        yield { slot, message: `the event says that its id is ${id}` };
      }
    }
  },
};
