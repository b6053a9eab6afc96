import { faultRule } from '../rule.ts';

export const invalidJson = faultRule({
  code: 'invalid-json',
  severity: 'error',
  meaning: 'The text is not JSON, from the place told on.',
  cause: 'The file was edited by hand or by a tool, merged, or damaged on disk.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy: 'Mend the text at the place told, or restore the file from a backup.',
});
