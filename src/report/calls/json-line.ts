import type { z } from 'zod';
import { type Call, errorOf } from '../../history/calls.ts';
import type { CallDetails } from '../../history/sections/call-details.ts';
import { fieldTree, project } from '../../text/json-fields.ts';
import { formatInstant } from '../../time/instant.ts';
import { conversationOf, pathOf, type ReportContext } from '../context.ts';
import { withMember, withMeta } from '../event-meta.ts';
import { forOutput } from '../json.ts';
import type { comparedCall } from '../schemas/calls.ts';
import { lostRanges } from '../skipped.ts';
import { branchFields } from '../text/branch-marks.ts';
import type { Style } from '../text/style.ts';
import type { CallsReport } from './types.ts';

type DetailedCall = { readonly call: Call; readonly details: CallDetails };

/** Returns a function that writes a call as one line of JSON. It applies `--fields` and `--meta`. */
export function callLine(report: CallsReport, style: Style): (detailed: DetailedCall) => string {
  const { fields, meta } = report;
  const tree = fields && fieldTree(fields);
  return ({ call, details }) => {
    const whole = wholeCall(call, details, report);
    const json = tree ? project(whole, tree) : whole;
    const { slot, entry } = call.action;
    return forOutput(meta ? withMeta(json, report, slot, entry.stamp) : json, style);
  };
}

/** All of a call, as JSON. Its arguments and its timestamp are the exact texts that are stored. */
export function wholeCall(call: Call, details: CallDetails, report: CallsReport): string {
  const { started } = report;
  const subagents = started.get(call)?.map(({ id }) => id);
  const { conversation, path, index, id, ...rest } = callJson(call, report);
  const head = JSON.stringify({ conversation, path, index, id });
  const tail = JSON.stringify({ ...rest, ...(subagents && { subagents }) });
  const stamped = withMember(head, `"timestamp":${details.timestamp ?? 'null'}`);
  const joined = `${stamped.slice(0, -1)},${tail.slice(1)}`;
  return withMember(joined, `"arguments":${details.arguments ?? 'null'}`);
}

/** What of a call is known without reading its events again. */
export function callJson(
  call: Call,
  report: ReportContext & Pick<CallsReport, 'statuses'>,
): z.infer<typeof comparedCall> {
  const { action, subject, answer, duration, outcome, possibleAnswers, loop } = call;
  const { slot, fields } = action;
  return {
    conversation: conversationOf(report, slot),
    path: pathOf(report, slot),
    index: slot.index,
    id: slot.id,
    time: call.at === undefined ? null : formatInstant(call.at),
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
      ? {
          index: answer.slot.index,
          id: answer.slot.id,
          kind: answer.fields.kind,
          path: pathOf(report, answer.slot),
        }
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
    ...branchFields(report.statuses, action),
  };
}
