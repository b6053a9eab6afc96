import { pluralize } from '../../text/wording.ts';
import type { Rule } from '../rule.ts';

export const appended: Rule = {
  code: 'appended',
  severity: 'info',
  meaning:
    'Events were appended after the conversation was sealed, each following on the one before. That explains a changed state, new outputs and new subagents; all else that changed is told of.',
  cause: 'The agent went on.',
  consequence: 'None.',
  remedy: 'Seal the conversation again.',
  *check({ seal }) {
    const [first, ...more] = seal?.appended ?? [];
    if (first === undefined) return;
    yield {
      file: first,
      message: `${pluralize(more.length + 1, 'event')} appended since the seal`,
    };
  },
};
