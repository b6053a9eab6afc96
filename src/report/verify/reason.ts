import { pluralize } from '../../text/wording.ts';
import type { Severity } from '../../verification/rule.ts';
import { groupPlaces, groupsOf, shortLine } from './groups.ts';
import type { ReportedConversation } from './types.ts';

/** Why a conversation is not fine. */
export interface Reason {
  /** What it is, for all conversations of which the same is true: `not resumable`. */
  readonly verdict: string;
  /** What is wrong with this one, on one line: `#12: unknown field x (ValidationError)`. Safe to print. Can be empty. */
  readonly detail: string;
}

/** Codes of findings that only say what the verdict on resuming says. */
const VERDICT_CODES: ReadonlySet<string> = new Set(['not-resumable', 'other-sdk-version']);

/** Whether a finding of this code stands for a verdict. */
export function isVerdict(code: string): boolean {
  return VERDICT_CODES.has(code);
}

/** Whether the verdict says this already. Without a state, a conversation starts over. */
const isCovered = (code: string) => isVerdict(code) || code === 'missing-state';

const VERDICTS = {
  no: 'not resumable',
  unknown: 'not known whether it resumes, because a file was not read',
  fresh: 'would start over, because it has no state',
  partly: 'resumes without the events after a gap',
  yes: 'resumes, but has problems',
} as const;

/** Why a conversation is not fine. Undefined if it can be resumed, and no error or warning is shown. */
export function reasonOf(conversation: ReportedConversation): Reason | undefined {
  const { resumes, resume_error: error, isVerdictKnown } = conversation;
  const hasVerdict = resumes !== 'yes' && !isVerdictKnown;
  const counts = [
    countOf(conversation, 'error', hasVerdict),
    countOf(conversation, 'warning', hasVerdict),
  ];
  // The exception is last, because it says least where a narrow terminal cuts the line.
  const cause =
    hasVerdict && error ? shortLine(`${error.message} (${error.exception})`) : undefined;
  const parts = [cause, ...counts].filter((part) => part !== undefined);
  if (!hasVerdict && parts.length === 0) return undefined;
  return { verdict: VERDICTS[resumes], detail: parts.join('; ') };
}

/** A reason on one line: `not resumable: #12: unknown field x (ValidationError)`. Safe to print. */
export function reasonText({ verdict, detail }: Reason): string {
  return detail === '' ? verdict : `${verdict}: ${detail}`;
}

/** `2 errors: truncated-json at #3, index-gap at #13`. */
function countOf(
  { findings }: ReportedConversation,
  severity: Severity,
  hasVerdict: boolean,
): string | undefined {
  const counted = findings.filter(
    (finding) => finding.severity === severity && !(hasVerdict && isCovered(finding.code)),
  );
  if (counted.length === 0) return undefined;
  const codes = groupsOf(counted).map((group) => {
    const places = groupPlaces(group);
    return places === '' ? group.code : `${group.code} at ${places}`;
  });
  return `${pluralize(counted.length, severity)}: ${codes.join(', ')}`;
}
