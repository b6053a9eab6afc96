import { canBeAnswer, unansweredActions } from '../../domain/event-links.ts';
import type { Rule } from '../rule.ts';

/** Values of execution_status with which an action without an answer is normal. */
const PENDING_STATUSES = new Set(['running', 'waiting_for_confirmation']);

export const unmatchedAction: Rule = {
  code: 'unmatched-action',
  severity: 'warning',
  meaning: 'An action has no answer: no observation, no rejection and no error.',
  cause:
    'The action is still running or waits for confirmation, or the process died before the tool answered.',
  consequence:
    'The SDK treats the action as pending when it resumes the conversation. It can run the action again, or answer it with an error.',
  remedy: 'Before you resume the conversation, check whether the tool did its work.',
  *check({ events, lost, facts }) {
    const isPending = PENDING_STATUSES.has(facts.status?.value ?? '');
    const named = new Set(
      events.flatMap(({ fields }) => (fields && canBeAnswer(fields) ? fields.actionId : [])),
    );
    for (const { slot } of unansweredActions(events)) {
      if (lost.has(slot.index + 1) || named.has(slot.id)) continue;
      yield {
        slot,
        message: 'the action has no answer',
        ...(isPending && { severity: 'info' as const }),
      };
    }
  },
};
