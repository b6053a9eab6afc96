import { formatDuration } from '../../time/duration.ts';
import type { Rule } from '../rule.ts';
import type { CheckedEvent } from '../rule-context.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const clockJump: Rule = {
  code: 'clock-jump',
  severity: 'info',
  meaning:
    'The clock of the machine was changed while the conversation was written: an event is earlier than the one before it, by more than a late state update explains, or the clock came back later.',
  cause:
    'Somebody set the clock, the machine was suspended or restored, or the conversation moved to a machine with another clock or time zone.',
  consequence: CONSEQUENCE.comparesTimesAsText,
  remedy:
    'No action is needed. Durations across the jump are not known. Use search --sort index to see the events in the order in which they were written.',
  *check({ events, clock }) {
    const at = (position: number) => events[position] as CheckedEvent;
    for (const { before, after, size } of clock.jumps) {
      const [last, next] = [at(before), at(after)];
      // Between a timestamp with an offset and one without, the zone can be wrong: mixed-timezones reports that.
      if (last.fields?.stamp?.naive !== next.fields?.stamp?.naive) continue;
      const direction = size < 0 ? 'back' : 'forward';
      const took = formatDuration(Math.abs(size));
      yield {
        slot: next.slot,
        message: `the clock was set ${direction} ${took} after event ${last.slot.index}`,
        related: [last.slot],
      };
    }
  },
};
