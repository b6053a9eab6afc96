import type { Rule } from '../rule.ts';

export const idMismatch: Rule = {
  code: 'id-mismatch',
  severity: 'error',
  meaning: 'The id in the event differs from the id in the file name.',
  cause: 'The file was renamed or edited.',
  consequence:
    'The SDK finds the event only by the id in the file name. It raises KeyError for every reference to the id in the event, such as the parent_id of a child.',
  remedy: 'Rename the file so that its name contains the id of the event.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields?.id !== undefined && fields.id !== slot.id) {
        yield {
          slot,
          message: `the event has the id ${fields.id}, but the file name says ${slot.id}`,
        };
      }
    }
  },
};
