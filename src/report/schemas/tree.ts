import { z } from 'zod';
import { conversation, eventId, formatVersion, index, skipped } from './common.ts';

const event = z.object({ index, id: eventId, kind: z.string().nullable(), about: z.string() });

export const treeDocument = z.object({
  format_version: formatVersion,
  conversation,
  leaf: eventId.nullable(),
  leaf_is_stated: z.boolean().describe('base_state.json names it; else it is the last event'),
  segments: z
    .array(
      z.object({
        number: z.int(),
        parent: z.int().nullable().describe('Number of the segment that it goes on from'),
        events: z.int(),
        first: event,
        last: event,
        active: z.boolean().describe('On the active branch'),
        has_leaf: z.boolean(),
        parent_missing: z.boolean().describe('The parent that its first event names is not there'),
      }),
    )
    .describe('Runs of events without a fork, parents before children'),
  aside: z.int().describe('Events beside the branches: state updates'),
  detached: z
    .array(z.object({ index, id: eventId }))
    .describe('On no branch: their parents run in a circle'),
  beyond: z.int().describe('Events after a gap in the index, which the SDK does not see'),
  skipped,
});
