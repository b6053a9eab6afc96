import type { z } from 'zod';
import { type Call, errorOf } from '../../history/calls.ts';
import type { Standings } from '../../history/branch-status.ts';
import { instant, type Zone } from '../../time/zone.ts';
import type { callItem, callsDocument } from '../schemas/calls.ts';
import { skippedJson } from '../skipped.ts';
import { showInstant } from '../text/time.ts';
import type { CallsReport } from './types.ts';

export function callsJson(report: CallsReport): z.infer<typeof callsDocument> {
  const { conversation, calls, standings, scanned, complete, skipped, zone, fileOf } = report;
  return {
    format_version: 1,
    conversation,
    items: calls.map((call) => callJson(call, standings, zone)),
    scanned,
    complete,
    skipped: skipped.map((fault) => skippedJson(fault, fileOf)),
  };
}

/** A call by itself. */
export function callJson(call: Call, standings: Standings, zone: Zone): z.infer<typeof callItem> {
  const { action, answer, duration, outcome, loop } = call;
  const { slot, entry, told } = action;
  return {
    index: slot.index,
    id: slot.id,
    timestamp: entry.stamp ? showInstant(instant(entry.stamp, zone)) : null,
    tool: entry.tool ?? null,
    about: action.about,
    risk: told.risk ?? null,
    response_id: told.responseId ?? null,
    outcome,
    exit_code: answer?.told.exitCode ?? null,
    error: errorOf(call) ?? null,
    seconds: duration === undefined ? null : duration / 1e6,
    answer: answer
      ? { index: answer.slot.index, id: answer.slot.id, kind: answer.told.kind }
      : null,
    loop: loop
      ? {
          number: loop.number,
          period: loop.period,
          times: loop.times,
          same_answers: loop.sameAnswers,
        }
      : null,
    branch: standings.of(action),
    forgotten_by: standings.forgottenBy(action)?.slot.id ?? null,
  };
}
