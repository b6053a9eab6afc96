import type { z } from 'zod';
import { type Call, errorOf } from '../../history/calls.ts';
import { toInstant, type Zone } from '../../time/zone.ts';
import { conversationOf } from '../context.ts';
import type { callItem, callsDocument } from '../schemas/calls.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { formatInstant } from '../text/time.ts';
import type { CallsReport } from './types.ts';

export function callsJson(report: CallsReport): z.infer<typeof callsDocument> {
  const { conversation, calls, scanned, complete } = report;
  return {
    format_version: 1,
    conversation,
    items: calls.map((call) => listedCallJson(call, report)),
    scanned,
    complete,
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}

/** One call of the list: which conversation it is in, if there are several, and which subagents it started. */
export function listedCallJson(call: Call, report: CallsReport): z.infer<typeof callItem> {
  const { statuses, zone, started, withSubagents } = report;
  const subagents = started.get(call)?.map(({ id }) => id);
  return {
    ...callJson(call, statuses, zone),
    ...(withSubagents && { conversation: conversationOf(report, call.action.slot) }),
    ...(subagents && { subagents }),
  };
}

/** One call. */
export function callJson(
  call: Call,
  statuses: CallsReport['statuses'],
  zone: Zone,
): z.infer<typeof callItem> {
  const { action, subject, answer, duration, outcome, loop } = call;
  const { slot, entry, fields } = action;
  return {
    index: slot.index,
    id: slot.id,
    timestamp: entry.stamp ? formatInstant(toInstant(entry.stamp, zone)) : null,
    tool: subject.entry.tool ?? null,
    about: subject.description,
    risk: subject.fields.risk ?? null,
    response_id: fields.responseId ?? null,
    outcome,
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
          same_answers: loop.sameAnswers,
        }
      : null,
    branch: statuses.of(action),
    forgotten_by: statuses.forgottenBy(action)?.slot.id ?? null,
  };
}
