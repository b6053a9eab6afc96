import { z } from 'zod';
import { conversation, eventId, formatVersion, index, skipped } from './common.ts';
import { subagentFields } from './subagents.ts';

const event = z.object({ index, id: eventId, kind: z.string().nullable(), about: z.string() });

export const treeDocument = z.object({
  format_version: formatVersion,
  conversation,
  leaf: eventId.nullable(),
  leaf_is_stated: z
    .boolean()
    .describe('Whether base_state.json names the leaf. If not, it is the last event'),
  segments: z
    .array(
      z.object({
        number: z.int(),
        parent: z.int().nullable().describe('Number of the segment that it continues'),
        events: z.int().describe('How many events the segment has'),
        first: event,
        last: event,
        active: z.boolean().describe('Whether the segment is on the active branch'),
        has_leaf: z.boolean(),
        parent_missing: z.boolean().describe('The parent of its first event is missing'),
      }),
    )
    .describe('Runs of events without a fork. Parents come before children'),
  aside: z.int().describe('Number of events on no branch, such as state updates'),
  detached: z
    .array(z.object({ index, id: eventId }))
    .describe('Events on no branch, because their parents form a cycle'),
  beyond: z.int().describe('Number of events after a gap in the index, which the SDK does not see'),
  skipped,
  ...subagentFields,
});
