import { faultRule } from '../rule.ts';
import { CAUSE, CONSEQUENCE, REMEDY } from '../rule-texts.ts';

export const truncatedJson = faultRule({
  code: 'truncated-json',
  severity: 'error',
  meaning: 'The text of the file ends before the event is complete.',
  cause: CAUSE.interruptedWrite,
  consequence: CONSEQUENCE.validationError,
  remedy: `${REMEDY.restoreFile} ${REMEDY.continueBefore} \`convoscope show --raw\` prints what is left of the event.`,
});
