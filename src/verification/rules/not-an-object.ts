import { faultRule } from '../rule.ts';
import { CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const notAnObject = faultRule({
  code: 'not-an-object',
  severity: 'error',
  meaning:
    'The file contains valid JSON, but the value is a list, a string or a number instead of an object.',
  cause: 'A program other than the SDK wrote the file.',
  consequence: CONSEQUENCE.validationError,
  remedy: REMEDY.restoreFile,
});
