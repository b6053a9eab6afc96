import { z } from 'zod';
import { callItem, loopFields } from './calls.ts';
import {
  conversation,
  factSource,
  formatVersion,
  index,
  outcome,
  reason,
  skipped,
} from './common.ts';
import { subagentFields } from './subagents.ts';

const { index: callIndex, tool, about, error, exit_code } = callItem.shape;
const { with_subagents: _, ...omitIncluded } = subagentFields;

const text = z.string().describe('Up to 10,000 characters');

export const whyDocument = z.object({
  format_version: formatVersion,
  conversation,
  status: z.string().nullable().describe('execution_status'),
  status_source: factSource
    .nullable()
    .describe('Where the status is from; null if it is not known'),
  outcome,
  reason,
  off_branch: z
    .int()
    .describe(
      'How many events are on other branches than the one that the conversation goes on from. They count for nothing here',
    ),
  missing: z
    .array(z.object({ first: index, last: index.nullable().describe('null: not known') }))
    .describe('Indices that no event file has. At most 20 runs of them'),
  last_error: z
    .object({ index, text })
    .nullable()
    .describe('The error that ended it, else the last event that reports a failure'),
  loops: z.array(
    z.object({
      first: index.describe('Index of the first call'),
      last: index.describe('Index of the last call'),
      ...loopFields,
      calls: z.array(z.object({ tool, about })).describe('The calls of the first round'),
    }),
  ),
  failed_calls: z
    .array(
      z.object({
        index: callIndex,
        tool,
        about,
        outcome: z.enum(['failed', 'rejected', 'invalid']),
        exit_code,
        error,
      }),
    )
    .describe('The last 10'),
  failed: z.int().describe('How many calls failed, were rejected or could not be executed'),
  calls: z.int().describe('How many calls there are on the branch'),
  unanswered: z
    .array(
      z.object({
        index: callIndex,
        tool,
        about,
        known: z
          .boolean()
          .describe('false: an event that could be the answer is lost, so it can have one'),
      }),
    )
    .describe('Calls without an answer. The last one waits for the user if the outcome is waiting'),
  resumes: z
    .enum(['yes', 'partly', 'no', 'fresh', 'unknown'])
    .describe('Whether the newest SDK can resume it, as verify says'),
  resume_error: z
    .object({ exception: z.string(), event_id: z.string().nullable(), message: z.string() })
    .optional()
    .describe('What the SDK raises, if it cannot resume it'),
  last_words: text
    .nullable()
    .describe('The last thing that the agent said, up to 10,000 characters'),
  ended_subagents: z
    .array(z.object({ id: z.string(), path: z.string(), outcome, reason }))
    .describe('Subagents that did not finish, and are not running'),
  next: z.array(z.string()).describe('Commands that show more, quoted for a shell'),
  skipped,
  ...omitIncluded,
});
