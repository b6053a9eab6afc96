import type { BranchStatus } from '../../history/branch-status.ts';
import type { Call } from '../../history/calls.ts';
import type { CallsReport } from './types.ts';

const FORGOTTEN = 'F';
/** Side events are not marked. They belong to no branch. */
const BRANCH_MARKS: Readonly<Record<BranchStatus, string>> = {
  active: '',
  off: 'O',
  side: '',
  beyond: 'G',
  unknown: '?',
};
const RISK_MARKS = new Map([
  ['HIGH', 'H'],
  ['MEDIUM', 'M'],
  ['LOW', 'L'],
]);

/** The marks of a call: a letter for its branch, and one for its risk. Empty for most calls. */
export function marksOf({ action, subject }: Call, { statuses, view }: CallsReport): string {
  const branch = statuses.forgottenBy(action) ? FORGOTTEN : BRANCH_MARKS[statuses.of(action)];
  const risk = RISK_MARKS.get(subject.fields.risk ?? '') ?? '';
  return branch + (view.marksAllRisks || risk === 'H' ? risk : '');
}

/** A risk that has no letter, as the event has it. Not safe to print as it is. */
export function otherRisk({ subject }: Call): string | undefined {
  const { risk } = subject.fields;
  return risk === undefined || RISK_MARKS.has(risk) ? undefined : risk;
}

/** Explains the marks, a line for each. @param all also explain marks of risks that are shown only on request */
export function legendOf({ marksAllRisks }: CallsReport['view']): string[] {
  return [
    'F  forgotten: a condensation removed the call from what the model sees',
    'O  off branch: the call is not on the active branch',
    '?  not known whether the call is on the active branch',
    'G  beyond a gap in the index: the SDK does not see the call',
    'H  risk HIGH',
    ...(marksAllRisks
      ? ['M  risk MEDIUM', 'L  risk LOW']
      : ['   risks MEDIUM and LOW are marked with --risk']),
    '×3 (4–8)  the same call three times, from event 4 to event 8',
  ];
}
