import { z } from 'zod';
import { OUTCOMES } from '../../history/outcome/outcome.ts';
import { comparedCall } from './calls.ts';
import {
  conversation,
  coverage,
  factSource,
  formatVersion,
  index,
  seconds,
  skipped,
} from './common.ts';
import { subagentFields } from './subagents.ts';

const fileUse = z.object({
  path: z.string().nullable().describe('As the calls name it'),
  edits: z.int(),
  views: z.int(),
});

const side = z.object({
  conversation,
  outcome: z.enum(OUTCOMES).describe('How it ended'),
  reason: z.string().describe('Why, in one line'),
  status: z.string().nullable(),
  model: z.string().nullable(),
  first_message: z.string().nullable().describe('The user’s first message'),
  events: z.int(),
  errors: z.int(),
  calls: z.int().describe('How many calls are on the active branch'),
  tools: z.record(z.string(), z.int()).describe('Calls on the active branch, by tool'),
  failed_calls: z
    .array(comparedCall)
    .describe('Those that failed, were rejected or could not be executed'),
  prompt_tokens: z.int().nullable(),
  completion_tokens: z.int().nullable(),
  cost: z.number().nullable().describe('In US dollars'),
  seconds: seconds
    .nullable()
    .describe('Time from the first event to the last, without the time across jumps of the clock'),
  sources: z.object({
    status: factSource.nullable(),
    model: factSource.nullable(),
    usage: factSource.nullable(),
  }),
  coverage: z.object({ events: coverage, usage: coverage, cost: coverage, time: coverage }),
  skipped,
  ...subagentFields,
});

export const diffDocument = z.object({
  format_version: formatVersion,
  same: z
    .boolean()
    .nullable()
    .describe(
      'Whether both have the same calls, answers, status, errors and number of events of each kind. null: no ' +
        'difference is certain, because of what is unknown',
    ),
  unknown: z
    .array(z.string())
    .describe("What is not known of them, such as events that can't be read"),
  a: side,
  b: side,
  common_calls: z
    .int()
    .describe(
      'How many calls are the same in both, from the first on. Calls that only think are not compared',
    ),
  answers_part: z
    .object({ a: comparedCall, b: comparedCall })
    .nullable()
    .describe('The first common call whose answers are known, and differ'),
  calls_part: z
    .object({ a: comparedCall.nullable(), b: comparedCall.nullable() })
    .nullable()
    .describe(
      'The first calls that differ, as far as they can be read; null for a conversation that has ended',
    ),
  aligned_calls: z
    .array(
      z.object({
        a: index.nullable(),
        b: index.nullable(),
        same: z.boolean().describe('The same tool with the same arguments'),
        same_answer: z
          .boolean()
          .nullable()
          .describe('null if an answer is not known, or the calls differ'),
      }),
    )
    .describe('The calls side by side; null where one has no counterpart'),
  aligned_calls_complete: z
    .boolean()
    .describe(
      'false: they differ so much that not all counterparts were looked for. A call without one can have one',
    ),
  files: z
    .array(z.object({ path: z.string(), a: fileUse, b: fileUse }))
    .describe(
      'Files that calls name in their arguments; `…` is the folder that a conversation works in. What commands touch is not known',
    ),
});
