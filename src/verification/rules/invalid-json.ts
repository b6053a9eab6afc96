import { faultRule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const invalidJson = faultRule({
  code: 'invalid-json',
  severity: 'error',
  meaning: 'The file is not valid JSON. The finding gives the position of the first error.',
  cause: 'A person or a tool edited or merged the file, or the file was damaged on disk.',
  consequence: CONSEQUENCE.validationError,
  remedy: 'Correct the text at the reported position, or restore the file from a backup.',
});
