import { z } from 'zod';
import {
  branch,
  conversation,
  eventId,
  factSource,
  forgotten,
  formatVersion,
  index,
  lease,
  lostRange,
  seconds,
  skipped,
} from './common.ts';
import { subagentFields } from './subagents.ts';

const event = z.object({ index, id: eventId });

export const showDocument = z.object({
  format_version: formatVersion,
  conversation,
  status: z.string().nullable().describe('execution_status of the conversation'),
  sources: z
    .object({
      status: factSource.nullable(),
      model: factSource.nullable(),
      usage: factSource.nullable(),
    })
    .describe('Where status, model and usage are from; null if it is not known'),
  lease: lease.nullable(),
  index,
  file: z.string().describe('Path, relative to the conversation'),
  bytes: z.int(),
  branch,
  forgotten,
  forgotten_by: eventId
    .nullable()
    .describe('Id of the condensation that forgot the event, if one is known'),
  parent: z
    .object({ index: index.nullable(), id: eventId.nullable() })
    .nullable()
    .describe(
      'null for a root. If no file has the parent, either its index or its id is not known',
    ),
  children: z.array(event).describe('The events that are known to follow it'),
  possible_children: z
    .array(lostRange)
    .describe('The first 20 runs of lost events, which could follow it, too'),
  response: z
    .object({
      id: z.string(),
      events: z.array(event).describe('The events that come from the response'),
      prompt_tokens: z.int().nullable(),
      completion_tokens: z.int().nullable(),
      cache_read_tokens: z.int().nullable(),
      cost: z.number().nullable().describe('In US dollars'),
      seconds: seconds.nullable().describe('Latency of the model'),
    })
    .nullable(),
  call: z
    .object({
      action: event,
      answer: event.nullable(),
      outcome: z.enum(['ok', 'failed', 'rejected', 'invalid', 'unanswered', 'unknown']),
      seconds: seconds.nullable(),
      subagents: z
        .array(z.string())
        .optional()
        .describe('Ids of the subagents that the call or its answer names'),
    })
    .nullable()
    .describe(
      'The call that the event makes or answers. The outcome is unknown if one of them is lost',
    ),
  skipped,
  ...subagentFields,
  event: z.looseObject({}).describe('The exact text of the event in its file, on one line'),
});

export const viewDocument = z.object({
  format_version: formatVersion,
  conversation,
  at: event.describe('The given event'),
  upto: event.nullable().describe('The last event that the model could see'),
  items: z.array(
    z.object({
      index,
      id: z.string().describe('Id of an event. For a summary, the id that the SDK gives it'),
      kind: z.string(),
      is_summary: z
        .boolean()
        .describe('Whether the item is the summary of the condensation with this index'),
      characters: z.int().describe('Length of the text, in UTF-16 units'),
      about: z.string(),
    }),
  ),
  characters: z.int(),
  hidden: z
    .array(
      z.object({
        index,
        id: eventId,
        why: z.enum(['forgotten', 'dropped', 'not for it', 'not known']),
      }),
    )
    .describe(
      'Events of the branch that the model did not see. not known: whether it saw them depends on events that are lost',
    ),
  complete: z
    .boolean()
    .describe('Whether the branch is known to its root. If not, items is what is known of it'),
  skipped,
  ...subagentFields,
});
