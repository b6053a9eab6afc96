import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const appended: Rule = {
  code: 'appended',
  severity: 'info',
  meaning:
    'Events were appended after the seal, without a gap. They explain a changed state, new outputs and new subagents, so these have no finding. Every other change has a finding of its own.',
  cause: 'The agent continued to work.',
  consequence: `${CONSEQUENCE.ignoresSeals} It reads the new events as usual.`,
  remedy: 'Seal the conversation again.',
  *check({ seal }) {
    const [first, ...more] = seal?.appended ?? [];
    if (first === undefined) return;
    const count = pluralize(more.length + 1, 'event was', 'events were');
    yield { file: first, message: `${count} appended after the seal` };
  },
};
