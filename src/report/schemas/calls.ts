import { z } from 'zod';
import {
  branch,
  conversation,
  coverage,
  eventId,
  eventMeta,
  forgotten,
  formatVersion,
  index,
  lostRange,
  seconds,
  skipped,
  time,
} from './common.ts';
import { subagentFields } from './subagents.ts';

/** How calls repeat. */
export const loopFields = {
  kind: z
    .enum(['same-calls', 'same-error'])
    .describe(
      'same-calls: each round has the same calls. same-error: the calls have different arguments, and all fail with ' +
        'the same answer',
    ),
  period: z.int().describe('How many calls a round has'),
  times: z.int().describe('How many rounds the loop has'),
  same_answers: z
    .boolean()
    .nullable()
    .describe('Whether every round got the same answers; null if that is not known'),
};

export const callItem = z.object({
  conversation: z.string().describe('Id of the conversation that the call belongs to'),
  path: z.string().describe('Absolute path of the file of its action'),
  index,
  id: eventId,
  timestamp: z
    .unknown()
    .describe('The timestamp of the action, as it is stored; null if it has none'),
  time: time.nullable(),
  tool: z.string().nullable(),
  about: z.string().describe('What the call does, up to 500 characters'),
  risk: z
    .string()
    .nullable()
    .describe('LOW, MEDIUM or HIGH, as rated by the model or a security analyzer'),
  response_id: z.string().nullable().describe('Id of the model response that contains the call'),
  outcome: z
    .enum(['ok', 'failed', 'rejected', 'invalid', 'unanswered', 'unknown'])
    .describe(
      'invalid: the call could not be executed. unanswered: it is pending, or its process ended before the answer ' +
        'was written. unknown: no answer was found, but an event that could be the answer is lost',
    ),
  possible_answers: z
    .array(lostRange)
    .describe(
      'If the outcome is unknown: the first 20 runs of lost events that could contain the answer. Otherwise empty',
    ),
  exit_code: z.int().nullable(),
  error: z
    .string()
    .nullable()
    .describe('The error message in the answer; null if the call did not fail'),
  seconds: seconds.nullable().describe('Time from the call to its answer'),
  answer: z
    .object({
      index,
      id: eventId,
      kind: z.string(),
      path: z.string().describe('Absolute path of its file'),
    })
    .nullable(),
  loop: z
    .object({
      number: z
        .int()
        .describe('Number of the loop, from 1. All calls of a loop have the same number'),
      ...loopFields,
    })
    .nullable()
    .describe(
      'The loop that the call is part of: the same calls, or the same error, three times or more in a row. A loop ends ' +
        'where an event is lost, because that event can be another call',
    ),
  branch,
  forgotten,
  forgotten_by: eventId
    .nullable()
    .describe('Id of the condensation that forgot the call, if one is known'),
  subagents: z
    .array(z.string())
    .optional()
    .describe('Ids of the subagents that the call or its answer names. Left out if there are none'),
  arguments: z
    .unknown()
    .describe(
      'What the model called the tool with, as it is stored. A string if that is not JSON; null if there is nothing of it',
    ),
  _meta: eventMeta.optional(),
});

/** A call of `diff`. */
export const comparedCall = callItem.omit({
  timestamp: true,
  arguments: true,
  subagents: true,
  _meta: true,
});

export const callsDocument = z.object({
  format_version: formatVersion,
  conversation,
  items: z.array(callItem),
  scanned: z.int().describe('How many event files were scanned'),
  complete: z.boolean().describe('No call was left out because of a limit'),
  coverage: coverage.describe('How many of the calls that were found are listed'),
  skipped,
  ...subagentFields,
});
