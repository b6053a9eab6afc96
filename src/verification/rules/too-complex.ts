import { faultRule } from '../rule.ts';

export const tooComplex = faultRule({
  code: 'too-complex',
  severity: 'warning',
  meaning:
    'The event has so many arrays, objects, keys and values that it would take over 128 MiB of memory once parsed, so convoscope does not parse it.',
  cause:
    'A tool produced a huge structure, or the file was made to exhaust the memory of what reads it.',
  consequence: 'The SDK parses the event, and can need several GB of memory for it.',
  remedy:
    'Look at the file yourself: convoscope has not checked its content. `--max-event-size` lifts the limit: an event may take twice that size in memory.',
});
