import { faultRule } from '../rule.ts';
import { CAUSE, CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const emptyFile = faultRule({
  code: 'empty-file',
  severity: 'error',
  meaning: 'The event file is empty.',
  cause: CAUSE.interruptedWrite,
  consequence: CONSEQUENCE.fileNotFoundError,
  remedy: `${REMEDY.restoreFile} ${REMEDY.continueBefore}`,
});
