import { isAnswer } from '../../domain/event-links.ts';
import type { Rule } from '../rule.ts';

export const toolCallMismatch: Rule = {
  code: 'tool-call-mismatch',
  severity: 'warning',
  meaning:
    'An observation names another tool call, or another tool, than the action that it answers.',
  cause: 'Events were edited, or mixed up by a tool.',
  consequence:
    'It pairs by action_id; the provider of the model can refuse the request, because it pairs by tool_call_id.',
  remedy: 'Look at both events.',
  *check({ events }) {
    const actions = new Map(events.map((event) => [event.slot.id, event]));
    for (const { slot, fields } of events) {
      const action = fields?.actionId === undefined ? undefined : actions.get(fields.actionId);
      if (!fields || !isAnswer(fields) || action?.fields?.kind !== 'ActionEvent') continue;
      const differ = (['toolCallId', 'toolName'] as const).filter(
        (key) => fields[key] !== undefined && fields[key] !== action.fields?.[key],
      );
      if (differ.length === 0) continue;
      const names = differ.map((key) => (key === 'toolCallId' ? 'tool_call_id' : 'tool_name'));
      yield {
        slot,
        related: [action.slot],
        message: `${names.join(' and ')} not that of its action`,
      };
    }
  },
};
