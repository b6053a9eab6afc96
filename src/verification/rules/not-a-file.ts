import { faultRule } from '../rule.ts';

export const notAFile = faultRule({
  code: 'not-a-file',
  severity: 'error',
  meaning: "A folder, FIFO, socket or device stands under an event's name. It is never opened.",
  cause: 'Something other than the SDK put it there.',
  consequence: 'It takes its index. Reading it raises, or waits for ever.',
  remedy: 'Move it away, from a copy of the conversation.',
});
