import type { Rule } from '../rule.ts';

export const idMismatch: Rule = {
  code: 'id-mismatch',
  severity: 'error',
  meaning: 'The id inside the event differs from the id in its file name.',
  cause: 'The file was renamed, or edited.',
  consequence:
    'The event is found under the id of its file name alone: what refers to the id inside, as its children do, fails with KeyError.',
  remedy: 'Give the file the name that belongs to its event.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields?.id !== undefined && fields.id !== slot.id) {
        yield { slot, message: `the event says that its id is ${fields.id}` };
      }
    }
  },
};
