import { z } from 'zod';
import { branch, conversation, eventId, formatVersion, index, skipped } from './common.ts';

export const event = z
  .looseObject({
    _meta: z
      .object({
        conversation: z.string(),
        index,
        file: z.string().describe('Relative to the conversation'),
        hit: z.boolean().optional().describe('With -A, -B or -C: not context alone'),
        branch: branch.optional(),
        forgotten_by: eventId.nullable().optional(),
      })
      .optional()
      .describe('With --meta; branch and forgotten_by with --branch too'),
  })
  .describe('An event as its file has it, or the fields of it that --fields names');

export const searchDocument = z.object({
  format_version: formatVersion,
  conversation,
  items: z.array(event).describe('In order of time'),
  next_page_id: z.string().nullable().describe('What --page takes for the next page'),
  scanned: z.int().describe('Event files looked at'),
  complete: z.boolean().describe('Every event that could take part was looked at'),
  skipped,
});

export const countDocument = z.object({
  format_version: formatVersion,
  conversation,
  count: z.int(),
  groups: z
    .array(z.object({ key: z.string().nullable(), count: z.int() }))
    .optional()
    .describe('With --by: most first'),
  off_branch: z.int().optional().describe('With --branch: how many of them are off it'),
  forgotten: z.int().optional().describe('With --branch: how many a condensation forgot'),
  reachable: z.int().describe('Events that the SDK itself would load'),
  scanned: z.int(),
  complete: z.boolean(),
  skipped,
});
