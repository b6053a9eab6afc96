import { faultRule } from '../rule.ts';

export const invalidUtf8 = faultRule({
  code: 'invalid-utf8',
  severity: 'error',
  meaning: 'The file holds bytes that are no UTF-8.',
  cause: 'The file was rewritten in another encoding, or damaged on disk.',
  consequence:
    'Reading it raises UnicodeDecodeError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches.',
  remedy: 'Convert a copy of the file to UTF-8, or restore it from a backup.',
});
