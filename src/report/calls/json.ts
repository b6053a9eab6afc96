import type { z } from 'zod';
import type { BranchStatuses } from '../../history/branch-status.ts';
import { type Call, errorOf } from '../../history/calls.ts';
import { coverageJson } from '../facts/coverage-json.ts';
import type { callItem, callsDocument } from '../schemas/calls.ts';
import { lostRanges, skippedJson } from '../skipped.ts';
import { branchFields } from '../text/branch-marks.ts';
import { formatInstant } from '../text/time.ts';
import type { CallsReport } from './types.ts';

export function callsJson(report: CallsReport): z.infer<typeof callsDocument> {
  const { conversation, calls, statuses, scanned, coverage } = report;
  return {
    format_version: 1,
    conversation,
    items: calls.map((call) => callJson(call, statuses)),
    scanned,
    complete: coverage.isComplete ?? false,
    coverage: coverageJson(coverage),
    skipped: skippedJson(report),
  };
}

/** One call. */
export function callJson(call: Call, statuses: BranchStatuses): z.infer<typeof callItem> {
  const { action, subject, answer, duration, outcome, possibleAnswers, loop } = call;
  const { slot, fields } = action;
  return {
    index: slot.index,
    id: slot.id,
    timestamp: call.at === undefined ? null : formatInstant(call.at),
    tool: subject.entry.tool ?? null,
    about: subject.description,
    risk: subject.fields.risk ?? null,
    response_id: fields.responseId ?? null,
    outcome,
    possible_answers: lostRanges(possibleAnswers),
    exit_code: answer?.fields.exitCode ?? null,
    error: errorOf(call) ?? null,
    seconds: duration === undefined ? null : duration / 1e6,
    answer: answer
      ? { index: answer.slot.index, id: answer.slot.id, kind: answer.fields.kind }
      : null,
    loop: loop
      ? {
          number: loop.number,
          period: loop.period,
          times: loop.times,
          same_answers: loop.sameAnswers ?? null,
        }
      : null,
    ...branchFields(statuses, action),
  };
}
