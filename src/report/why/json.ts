import type { z } from 'zod';
import { type Call, errorOf } from '../../history/calls.ts';
import type { LoopSummary } from '../../history/outcome/loop-summary.ts';
import type { Ending } from '../../history/outcome/outcome.ts';
import { sourceJson } from '../facts/coverage-json.ts';
import type { whyDocument } from '../schemas/why.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { WhyReport } from './types.ts';

type WhyDocument = z.infer<typeof whyDocument>;

/** Only the last failed calls are listed. */
const MAX_FAILED_CALLS = 10;

export function whyJson(report: WhyReport): WhyDocument {
  const { conversation, facts, ending, lastError, lastWords, verdict } = report;
  return {
    format_version: 1,
    conversation,
    status: facts.status?.value ?? null,
    status_source: sourceJson(facts.status?.source),
    ...endingJson(ending),
    off_branch: report.offBranch,
    missing: report.missing.map(({ from, to }) => ({
      first: from,
      last: Number.isFinite(to) ? to : null,
    })),
    last_error: lastError ? { index: lastError.record.slot.index, text: lastError.text } : null,
    loops: report.loops.map(loopJson),
    failed_calls: report.failed.slice(-MAX_FAILED_CALLS).map(failedJson),
    failed: report.failed.length,
    calls: report.calls.length,
    unanswered: [
      ...report.unanswered.map((call) => ({ ...aboutCall(call), known: true })),
      ...report.undecided.map((call) => ({ ...aboutCall(call), known: false })),
    ].sort((a, b) => a.index - b.index),
    resumes: verdict.resumes,
    ...(verdict.resume_error && { resume_error: { ...verdict.resume_error } }),
    last_words: lastWords?.text ?? null,
    ended_subagents: report.subagentEnds.map(({ subagent: { id, path }, ending: end }) => ({
      id,
      path,
      ...endingJson(end),
    })),
    next: [...report.next],
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}

function endingJson({ outcome, reason }: Ending): Pick<Ending, 'outcome' | 'reason'> {
  return { outcome, reason };
}

function aboutCall({ action, subject }: Call): {
  index: number;
  tool: string | null;
  about: string;
} {
  const { tool } = subject.entry;
  return { index: action.slot.index, tool: tool ?? null, about: subject.description };
}

function failedJson(call: Call): WhyDocument['failed_calls'][number] {
  return {
    ...aboutCall(call),
    outcome: call.outcome as WhyDocument['failed_calls'][number]['outcome'],
    exit_code: call.answer?.fields.exitCode ?? null,
    error: errorOf(call) ?? null,
  };
}

function loopJson({ loop, round, from, to }: LoopSummary): WhyDocument['loops'][number] {
  return {
    first: from,
    last: to,
    kind: loop.kind,
    period: loop.period,
    times: loop.times,
    same_answers: loop.sameAnswers ?? null,
    calls: round.map(({ subject: { entry, description } }) => ({
      tool: entry.tool ?? null,
      about: description,
    })),
  };
}
