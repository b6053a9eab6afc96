import { pluralize } from '../../text/wording.ts';
import { groupedByEach, type Rule } from '../rule.ts';

export const unknownField: Rule = {
  code: 'unknown-field',
  severity: 'info',
  meaning:
    'Events of a kind have a field that no released SDK up to the one that convoscope knows has.',
  cause: 'They were written by a newer SDK, or by an export.',
  consequence:
    'An SDK that does not know the field raises ValidationError: its models forbid others.',
  remedy: 'Read the conversation with the SDK that wrote it.',
  *check({ events }) {
    const fields = groupedByEach(events, ({ fields }) =>
      (fields?.schema.unknown ?? []).map((key) => `${fields?.kind}.${key}`),
    );
    for (const [field, [slot, ...related]] of fields) {
      const count = pluralize(related.length + 1, 'event');
      if (slot) yield { slot, message: `no release has ${field} (${count})` };
    }
  },
};
