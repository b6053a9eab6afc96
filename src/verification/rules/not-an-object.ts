import { faultRule } from '../rule.ts';

export const notAnObject = faultRule({
  code: 'not-an-object',
  severity: 'error',
  meaning: 'The file holds JSON, but a list, text or number in place of an object.',
  cause: 'The file was written by something other than the SDK.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy: 'Restore the file from a backup.',
});
