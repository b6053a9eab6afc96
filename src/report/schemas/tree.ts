import { z } from 'zod';
import { conversation, eventId, factSource, formatVersion, index, skipped } from './common.ts';
import { subagentFields } from './subagents.ts';

const event = z.object({ index, id: eventId, kind: z.string().nullable(), about: z.string() });

export const segment = z.object({
  number: z.int(),
  parent: z.int().nullable().describe('Number of the segment that it continues'),
  events: z.int().describe('How many events the segment has'),
  first: event,
  last: event,
  active: z
    .boolean()
    .nullable()
    .describe('Whether the segment is on the active branch; null if that is not known'),
  has_leaf: z.boolean(),
  parent_missing: z.boolean().describe('The parent of its first event is missing'),
  parent_known: z
    .boolean()
    .describe(
      'Whether it is known what the segment continues, or that it continues none. If not, its first event ' +
        "can't be read, or its parent is missing",
    ),
});

export const treeDocument = z.object({
  format_version: formatVersion,
  conversation,
  leaf: eventId.nullable().describe('null if there is no leaf, or if it is not known'),
  leaf_known: z.boolean().describe('Whether it is known what the leaf is, or that there is none'),
  leaf_is_stated: z
    .boolean()
    .describe('Whether the leaf is named somewhere. If not, it is the last event'),
  leaf_source: factSource
    .nullable()
    .describe('Where the leaf is named; null if it is the last event'),
  unknown_part: z
    .string()
    .nullable()
    .describe('Why not all of the active branch is known; null if all of it is known'),
  segments: z
    .array(segment)
    .describe('Runs of events without a fork. Parents come before children'),
  aside: z.int().describe('Number of events on no branch, such as state updates'),
  detached: z
    .array(z.object({ index, id: eventId }))
    .describe('Events on no branch, because their parents form a cycle'),
  beyond: z.int().describe('Number of events after a gap in the index, which the SDK does not see'),
  skipped,
  ...subagentFields,
});
