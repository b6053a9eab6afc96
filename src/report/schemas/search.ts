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

const match = z
  .object({
    path: z
      .string()
      .describe(
        'The field: keys and numbers of elements, such as observation.content.0.text. Cut, with an ellipsis at its end, ' +
          'after 100 keys or 1,000 characters',
      ),
    start: z
      .int()
      .min(0)
      .describe(
        'Where the match begins in the readable text of the field, in UTF-16 code units from 0. In the readable text, ' +
          'control sequences are removed, and characters are composed (NFC)',
      ),
    end: z.int().describe('The first code unit after the match'),
    text: z.string().describe('The match itself, as the readable text has it'),
  })
  .describe('A match of a text (--text, the pattern) or an expression (--regexp)');

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
        matches: z
          .array(match)
          .nullable()
          .optional()
          .describe(
            'With --matches: where texts and expressions match: first those of --text and --regexp, in the order of the file, ' +
              'then those of --body and --where. Empty for context. ' +
              'Null if an expression took too long to find all of them',
          ),
        more_matches: z
          .int()
          .optional()
          .describe('With --matches: how many matches were left out, if an event has over 10,000'),
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

/** One line of `count -o ndjson`. */
export const countLine = z.object({
  key: z.string().nullable().optional().describe('With --by: what the events of the group share'),
  count: z.int(),
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
