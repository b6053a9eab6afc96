import { unansweredActions } from '../../domain/event-links.ts';
import { statusOf } from '../../domain/state-file.ts';
import type { Rule } from '../rule.ts';
import { unknownRange } from '../unknown-range.ts';

/** States in which an action can well be without an answer. */
const PENDING = new Set(['running', 'waiting_for_confirmation']);

export const unmatchedAction: Rule = {
  code: 'unmatched-action',
  severity: 'warning',
  meaning: 'An action has no answer: no observation, rejection or error.',
  cause: 'It is under way or waits for a person, or the process died before the tool had answered.',
  consequence:
    'On resuming, the action is taken for pending: it can be done again, or be answered by an error.',
  remedy: 'See whether the tool did its work before the conversation goes on.',
  *check({ events, state }) {
    const isPending = PENDING.has(statusOf(state) ?? '');
    const { last } = unknownRange(events);
    for (const { slot } of unansweredActions(events)) {
      if (slot.index < last) continue;
      yield {
        slot,
        message: 'no answer to this action',
        ...(isPending && { severity: 'info' as const }),
      };
    }
  },
};
