import { faultRule } from '../rule.ts';

export const notAFile = faultRule({
  code: 'not-a-file',
  severity: 'error',
  meaning:
    'A folder, FIFO, socket or device has the name of an event file. convoscope does not open such an entry.',
  cause: 'A program other than the SDK created the entry.',
  consequence:
    'The SDK counts the entry as an event. When it reads that event, it raises an exception or waits forever.',
  remedy: 'Remove the entry from a copy of the conversation.',
});
