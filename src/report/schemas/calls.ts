import { z } from 'zod';
import {
  branch,
  conversation,
  eventId,
  formatVersion,
  index,
  seconds,
  skipped,
  timestamp,
} from './common.ts';

export const callItem = z.object({
  index,
  id: eventId,
  timestamp: timestamp.nullable(),
  tool: z.string().nullable(),
  about: z.string().describe('What it did, up to 500 characters'),
  risk: z.string().nullable().describe('LOW, MEDIUM or HIGH, as the model or an analyst said'),
  response_id: z.string().nullable().describe('Of the model response that it comes from'),
  outcome: z
    .enum(['ok', 'failed', 'rejected', 'invalid', 'unanswered'])
    .describe('invalid: a call that could not be executed. unanswered: pending, or lost'),
  exit_code: z.int().nullable(),
  error: z.string().nullable().describe('What the answer says, where it went wrong'),
  seconds: seconds.nullable().describe('From the call to its answer'),
  answer: z.object({ index, id: eventId, kind: z.string() }).nullable(),
  loop: z
    .object({
      number: z.int().describe('Calls of one loop have one number'),
      period: z.int().describe('Calls in a round'),
      times: z.int().describe('Rounds'),
      same_answers: z.boolean().describe('Every round got the same answers'),
    })
    .nullable()
    .describe('The same calls, three times or more, one after another'),
  branch,
  forgotten_by: eventId.nullable().describe('The condensation that took it from the model'),
});

export const callsDocument = z.object({
  format_version: formatVersion,
  conversation,
  items: z.array(callItem),
  scanned: z.int().describe('Event files looked at'),
  complete: z.boolean(),
  skipped,
});
