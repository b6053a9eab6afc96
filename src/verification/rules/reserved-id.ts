import { ROOT_PARENT_ID } from '../../domain/event-tree.ts';
import type { Rule } from '../rule.ts';
import { CAUSE, CONSEQUENCE } from '../rule-texts.ts';

export const reservedId: Rule = {
  code: 'reserved-id',
  severity: 'error',
  meaning:
    'The event has the id `__root__`. The SDK reserves this id to say that an event has no parent.',
  cause: CAUSE.foreign,
  consequence: CONSEQUENCE.validationError,
  remedy: 'Give the event an id of its own.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields?.id === ROOT_PARENT_ID)
        yield { slot, message: `the id ${ROOT_PARENT_ID} is reserved` };
    }
  },
};
