import { pluralize } from '../../text/wording.ts';
import { groupByEachKey } from '../group-events.ts';
import type { Rule } from '../rule.ts';
import { CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const unknownField: Rule = {
  code: 'unknown-field',
  severity: 'info',
  meaning:
    'Events have a field that is not in any SDK release that this version of convoscope knows.',
  cause: 'A newer SDK or an export tool wrote the events.',
  consequence: `${CONSEQUENCE.unknownToSdk('field')} Its models forbid additional fields.`,
  remedy: REMEDY.readWithWriter,
  *check({ events }) {
    const fieldsByName = groupByEachKey(events, ({ fields }) =>
      (fields?.schema.unknownFields ?? []).map((field) => `${fields?.kind}.${field}`),
    );
    for (const [field, [slot, ...related]] of fieldsByName) {
      const count = pluralize(related.length + 1, 'event');
      if (slot) yield { slot, message: `no known SDK release has ${field} (${count})` };
    }
  },
};
