import { ROOT_PARENT_ID } from '../../domain/event-tree.ts';
import type { Rule } from '../rule.ts';

export const reservedId: Rule = {
  code: 'reserved-id',
  severity: 'error',
  meaning: 'The event has the id __root__, which stands for "no parent".',
  cause: 'The event was made by something other than the SDK.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy: 'Give the event an id of its own.',
  *check({ events }) {
    for (const { slot, fields } of events) {
      if (fields?.id === ROOT_PARENT_ID)
        yield { slot, message: `${fields.id} is no id for an event` };
    }
  },
};
