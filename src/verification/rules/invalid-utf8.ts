import { faultRule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const invalidUtf8 = faultRule({
  code: 'invalid-utf8',
  severity: 'error',
  meaning: 'The file contains bytes that are not valid UTF-8.',
  cause: 'The file was rewritten in another encoding, or damaged on disk.',
  consequence: CONSEQUENCE.unicodeDecodeError,
  remedy: 'Convert a copy of the file to UTF-8, or restore the file from a backup.',
});
