import { z } from 'zod';
import { branch, conversation, eventId, formatVersion, index, skipped } from './common.ts';
import { subagentFields } from './subagents.ts';

export const event = z
  .looseObject({
    _meta: z
      .object({
        conversation: z.string(),
        index,
        file: z.string().describe('Path, relative to the conversation'),
        hit: z
          .boolean()
          .optional()
          .describe('With -A, -B or -C: whether the event is a hit, not only context'),
        branch: branch.optional(),
        forgotten_by: eventId.nullable().optional(),
      })
      .optional()
      .describe('With --meta. It contains branch and forgotten_by if --branch is given, too'),
  })
  .describe('An event as in its file, or only the fields that --fields names');

export const searchDocument = z.object({
  format_version: formatVersion,
  conversation,
  items: z.array(event).describe('The events, in order of time'),
  next_page_id: z
    .string()
    .nullable()
    .describe('Pass this to --page to get the next page; null on the last page'),
  scanned: z.int().describe('How many event files were scanned'),
  complete: z.boolean().describe('Every event that could match was scanned'),
  skipped,
  ...subagentFields,
});

export const countDocument = z.object({
  format_version: formatVersion,
  conversation,
  count: z.int(),
  groups: z
    .array(z.object({ key: z.string().nullable(), count: z.int() }))
    .optional()
    .describe('With --by: the largest group first'),
  off_branch: z
    .int()
    .optional()
    .describe('With --branch: how many of them are off the active branch'),
  forgotten: z.int().optional().describe('With --branch: how many of them a condensation forgot'),
  reachable: z.int().describe('How many events the SDK itself would load'),
  scanned: z.int(),
  complete: z.boolean(),
  skipped,
  ...subagentFields,
});
