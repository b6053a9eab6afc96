import { faultRule } from '../rule.ts';

export const trailingBytes = faultRule({
  code: 'trailing-bytes',
  severity: 'error',
  meaning: 'Something follows the event in its file: a second object, or bytes such as NUL.',
  cause:
    'Two writers wrote to one file, a file was concatenated, or a file system padded it after a crash.',
  consequence:
    'Reading it raises ValidationError. On the active branch that keeps the conversation from being resumed; the server leaves the event out of searches with a line in its log.',
  remedy: 'Cut the file at the offset told, in a copy, if what follows is not needed.',
});
