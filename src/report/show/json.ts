import type { z } from 'zod';
import type { Slot } from '../../domain/slot.ts';
import { oneLine } from '../../text/json-scanner.ts';
import { sourcesJson } from '../facts/coverage-json.ts';
import { leaseJson } from '../facts/lease.ts';
import { forOutput } from '../json.ts';
import type { showDocument } from '../schemas/show.ts';
import { lostRanges, skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { branchFields } from '../text/branch-marks.ts';
import type { Style } from '../text/style.ts';
import type { ShowReport } from './types.ts';

type Document = Omit<z.infer<typeof showDocument>, 'event'>;

/** One document. It contains the exact text of the event: numbers, keys and their order stay the same. */
export function showJson(report: ShowReport, style: Style): string {
  const document = JSON.stringify(documentOf(report));
  const json = `${document.slice(0, -1)},"event":${oneLine(report.event.text)}}`;
  return `${forOutput(json, style)}\n`;
}

const eventOf = ({ index, id }: Slot) => ({ index, id });

function documentOf(report: ShowReport): Document {
  const { conversation, event, record, statuses, call, children, response } = report;
  const { facts, lease, now, started } = report;
  const tokens = response?.step?.tokens;
  return {
    format_version: 1,
    conversation,
    status: facts.status?.value ?? null,
    sources: sourcesJson(facts),
    lease: lease ? leaseJson(lease, now) : null,
    index: event.slot.index,
    file: report.fileOf(event.slot),
    bytes: event.bytes,
    ...branchFields(statuses, record),
    parent: parentOf(report),
    children: children.map(eventOf),
    possible_children: lostRanges(report.possibleChildren),
    response: response
      ? {
          id: response.id,
          events: response.events.map(eventOf),
          prompt_tokens: tokens?.prompt ?? null,
          completion_tokens: tokens?.completion ?? null,
          cache_read_tokens: tokens?.cacheRead ?? null,
          cost: response.step?.cost ?? null,
          seconds: response.step?.latency ?? null,
        }
      : null,
    call: call
      ? {
          action: eventOf(call.action.slot),
          answer: call.answer ? eventOf(call.answer.slot) : null,
          outcome: call.outcome,
          seconds: call.duration === undefined ? null : call.duration / 1e6,
          ...(started.length > 0 && { subagents: started.map(({ id }) => id) }),
        }
      : unreadableCallOf(report),
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}

/** The call that an answer belongs to, if its action can't be read. */
function unreadableCallOf({ answered, event }: ShowReport): Document['call'] {
  if (!answered) return null;
  return {
    action: eventOf(answered),
    answer: eventOf(event.slot),
    outcome: 'unknown',
    seconds: null,
  };
}

function parentOf({ parent, lostParent, event }: ShowReport): Document['parent'] {
  if (parent) return eventOf(parent);
  if (!lostParent) return null;
  const { id } = lostParent;
  return id === undefined ? { index: event.slot.index - 1, id: null } : { index: null, id };
}
