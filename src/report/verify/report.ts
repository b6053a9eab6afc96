import type { Compared } from '../../verification/baseline/baseline.ts';
import { SEVERITIES, type Severity } from '../../verification/rule.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Finding } from '../../verification/verify.ts';
import type { FailOn, ReportedConversation, Totals, VerifyReport } from './types.ts';

export interface ReportOptions {
  readonly failOn: FailOn;
  /** Less severe findings are not shown. They count in the totals. */
  readonly minSeverity: Severity;
  /** How many things could not be verified. */
  readonly failures: number;
  /** How long verifying took, in ms. */
  readonly durationMs: number;
  /** Text without the findings of conversations. */
  readonly isSummary?: boolean;
  /** Some codes are not reported. */
  readonly isSelection?: boolean;
  /** What the baseline makes of each conversation, in their order. */
  readonly compared?: readonly Compared[] | undefined;
}

/** Makes the report on a run: what is shown, what makes it fail, and the totals. */
export function makeReport(
  verified: readonly VerifiedConversation[],
  {
    failOn,
    minSeverity,
    failures,
    durationMs,
    compared,
    isSummary = false,
    isSelection = false,
  }: ReportOptions,
): VerifyReport {
  const all = verified.map((conversation, at) => reported(conversation, compared?.[at], failOn));
  const isShown = ({ severity }: Finding) => atLeast(severity, minSeverity);
  return {
    ok: failures === 0 && !all.some(({ fails }) => fails),
    failures,
    failOn,
    minSeverity,
    conversations: all.map((one) => ({ ...one, findings: one.findings.filter(isShown) })),
    totals: totalsOf(all),
    durationMs,
    isSummary,
    isSelection,
    baseline: compared && {
      known: sum(all.map(({ known }) => known.length)),
      gone: compared.flatMap(({ gone }) => gone),
    },
  };
}

/** Whether a severity is at least as severe as another. */
export function atLeast(severity: Severity, min: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(min);
}

/** The least severe findings that make a run fail. With `not-resumable`, those that explain the verdict. */
export function failingSeverity(failOn: FailOn): Severity {
  return failOn === 'warning' ? 'warning' : 'error';
}

function reported(
  conversation: VerifiedConversation,
  compared: Compared | undefined,
  failOn: FailOn,
): ReportedConversation {
  const { findings = conversation.findings, known = [], isVerdictKnown = false } = compared ?? {};
  const isBlocked = conversation.resumes === 'no' && !isVerdictKnown;
  const fails =
    failOn === 'not-resumable'
      ? isBlocked
      : findings.some(({ severity }) => atLeast(severity, failingSeverity(failOn)));
  return { ...conversation, findings, known, isVerdictKnown, fails };
}

function totalsOf(conversations: readonly ReportedConversation[]): Totals {
  const count = (severity: Severity) =>
    sum(
      conversations.map(({ findings }) => findings.filter((f) => f.severity === severity).length),
    );
  const sumOf = (key: 'events' | 'unreadable' | 'bytes') => sum(conversations.map((c) => c[key]));
  const resume = (verdict: VerifiedConversation['resumes']) =>
    conversations.filter(({ resumes }) => resumes === verdict).length;
  return {
    conversations: conversations.length,
    events: sumOf('events'),
    unreadable: sumOf('unreadable'),
    bytes: sumOf('bytes'),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    resumes: {
      yes: resume('yes'),
      partly: resume('partly'),
      no: resume('no'),
      fresh: resume('fresh'),
      unknown: resume('unknown'),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
