import { z } from 'zod';
import {
  branch,
  conversation,
  coverage,
  eventId,
  eventMeta,
  forgotten,
  formatVersion,
  skipped,
} from './common.ts';
import { subagentFields } from './subagents.ts';

export const event = z
  .looseObject({
    _meta: eventMeta
      .extend({
        hit: z
          .boolean()
          .optional()
          .describe('With -A, -B or -C: whether the event is a hit, not only context'),
        branch: branch.optional(),
        forgotten: forgotten.optional(),
        forgotten_by: eventId.nullable().optional(),
      })
      .optional()
      .describe(
        'With --meta. It contains branch, forgotten and forgotten_by if --branch is given, too',
      ),
  })
  .describe('An event as in its file, or only the fields that --fields names');

const branchUnknown = z
  .int()
  .optional()
  .describe(
    'With --branch: of how many events that pass the filter it is not known whether they are on the branch, because ' +
      'an event that would show it is lost. They are part of the answer only with --branch all',
  );

export const searchDocument = z.object({
  format_version: formatVersion,
  conversation,
  items: z.array(event).describe('The events, in order of time'),
  next_page_id: z
    .string()
    .nullable()
    .describe('Pass this to --page to get the next page; null on the last page'),
  branch_unknown: branchUnknown,
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
  branch_unknown: branchUnknown,
  reachable: z.int().describe('How many events the SDK itself would load'),
  scanned: z.int(),
  coverage: coverage.describe('How many of the events that could count were read'),
  complete: z.boolean(),
  skipped,
  ...subagentFields,
});
