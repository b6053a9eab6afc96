import { pluralize } from '../../text/wording.ts';
import { grouped, type Rule } from '../rule.ts';

export const unknownKind: Rule = {
  code: 'unknown-kind',
  severity: 'warning',
  meaning: 'The kind is in no released SDK up to the one that this version of convoscope knows.',
  cause: 'The event was written by a newer SDK, or a kind was made at run time (ClientAction_…).',
  consequence: 'An SDK that does not know the kind raises ValidationError.',
  remedy: 'Read the conversation with the SDK that wrote it.',
  *check({ events }) {
    const unknown = grouped(events, ({ fields }) =>
      fields && fields.kind !== '' && !fields.schema.isKnownKind ? fields.kind : undefined,
    );
    for (const [kind, [slot, ...related]] of unknown) {
      const count = pluralize(related.length + 1, 'event');
      if (slot) yield { slot, related, message: `no release has ${kind} (${count})` };
    }
  },
};
