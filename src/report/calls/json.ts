import type { z } from 'zod';
import { type Call, errorOf } from '../../history/calls.ts';
import { conversationOf } from '../context.ts';
import { coverageJson } from '../facts/coverage-json.ts';
import type { callItem, callsDocument } from '../schemas/calls.ts';
import { lostRanges, skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { branchFields } from '../text/branch-marks.ts';
import { formatInstant } from '../text/time.ts';
import type { CallsReport } from './types.ts';

export function callsJson(report: CallsReport): z.infer<typeof callsDocument> {
  const { conversation, calls, scanned, coverage } = report;
  return {
    format_version: 1,
    conversation,
    items: calls.map((call) => listedCallJson(call, report)),
    scanned,
    complete: coverage.isComplete ?? false,
    coverage: coverageJson(coverage),
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}

/** One call of the list: which conversation it is in, if there are several, and which subagents it started. */
export function listedCallJson(call: Call, report: CallsReport): z.infer<typeof callItem> {
  const { statuses, started, withSubagents } = report;
  const subagents = started.get(call)?.map(({ id }) => id);
  return {
    ...callJson(call, statuses),
    ...(withSubagents && { conversation: conversationOf(report, call.action.slot) }),
    ...(subagents && { subagents }),
  };
}

/** One call. */
export function callJson(call: Call, statuses: CallsReport['statuses']): z.infer<typeof callItem> {
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
          kind: loop.kind,
          period: loop.period,
          times: loop.times,
          same_answers: loop.sameAnswers ?? null,
        }
      : null,
    ...branchFields(statuses, action),
  };
}
