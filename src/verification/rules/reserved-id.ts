import type { Rule } from '../rule.ts';

/** Marks a root in `parent_id`. Source: openhands-sdk event/types.py, ROOT_PARENT_ID. */
const ROOT_PARENT_ID = '__root__';

export const reservedId: Rule = {
  code: 'reserved-id',
  severity: 'error',
  consequence: 'Reading it raises: the id means that there is no parent.',
  *check({ events }) {
    for (const { slot, id } of events) {
      if (id === ROOT_PARENT_ID) yield { slot, message: `${id} is no id for an event` };
    }
  },
};
