import { isAnswer } from '../../domain/event-links.ts';
import type { Rule } from '../rule.ts';

export const toolCallMismatch: Rule = {
  code: 'tool-call-mismatch',
  severity: 'warning',
  meaning: 'An observation names a different tool call, or a different tool, than its action.',
  cause: 'Events were edited, or a tool mixed them up.',
  consequence:
    'The SDK pairs observations with actions by action_id. The model provider pairs them by tool_call_id, so it can reject the request.',
  remedy: 'Compare both events.',
  *check({ events }) {
    const actions = new Map(events.map((event) => [event.slot.id, event]));
    for (const { slot, fields } of events) {
      const action = fields?.actionId === undefined ? undefined : actions.get(fields.actionId);
      if (!fields || !isAnswer(fields) || action?.fields?.kind !== 'ActionEvent') continue;
      const different = (['toolCallId', 'toolName'] as const).filter(
        (key) => fields[key] !== undefined && fields[key] !== action.fields?.[key],
      );
      if (different.length === 0) continue;
      const names = different.map((key) => (key === 'toolCallId' ? 'tool_call_id' : 'tool_name'));
      const predicate = names.length === 1 ? 'differs from that' : 'differ from those';
      yield {
        slot,
        related: [action.slot],
        message: `${names.join(' and ')} ${predicate} of the action`,
      };
    }
  },
};
