import { pluralize } from '../../text/wording.ts';
import { groupByKey } from '../group-events.ts';
import type { Rule } from '../rule.ts';
import { CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const unknownKind: Rule = {
  code: 'unknown-kind',
  severity: 'warning',
  meaning:
    'Events have a kind that is not in any SDK release that this version of convoscope knows.',
  cause:
    'A newer SDK wrote the events, or an application defined the kind at run time (ClientAction_…).',
  consequence: CONSEQUENCE.unknownToSdk('kind'),
  remedy: REMEDY.readWithWriter,
  *check({ events }) {
    const unknown = groupByKey(events, ({ fields }) =>
      fields && fields.kind !== '' && !fields.schema.isKnownKind ? fields.kind : undefined,
    );
    for (const [kind, [slot, ...related]] of unknown) {
      const count = pluralize(related.length + 1, 'event');
      if (slot) yield { slot, related, message: `no known SDK release has ${kind} (${count})` };
    }
  },
};
