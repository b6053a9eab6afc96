import { faultRule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const trailingBytes = faultRule({
  code: 'trailing-bytes',
  severity: 'error',
  meaning:
    'The file contains something after the event, such as a second object or NUL bytes. The finding gives the position.',
  cause:
    'Two processes wrote to the same file, two files were concatenated, or the file system padded the file after a crash.',
  consequence: CONSEQUENCE.validationError,
  remedy:
    'Check whether you need what follows the event. If not, cut the file at the reported offset, in a copy of the conversation.',
});
