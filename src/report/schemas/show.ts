import { z } from 'zod';
import { branch, conversation, eventId, formatVersion, index, seconds } from './common.ts';
import { subagentFields } from './subagents.ts';

const event = z.object({ index, id: eventId });

export const showDocument = z.object({
  format_version: formatVersion,
  conversation,
  index,
  file: z.string().describe('Path, relative to the conversation'),
  bytes: z.int(),
  branch,
  forgotten_by: eventId
    .nullable()
    .describe('Id of the condensation that forgot the event; null if the model still sees it'),
  parent: event.nullable(),
  children: z.array(event),
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
      outcome: z.enum(['ok', 'failed', 'rejected', 'invalid', 'unanswered']),
      seconds: seconds.nullable(),
      subagents: z
        .array(z.string())
        .optional()
        .describe('Ids of the subagents that the call or its answer names'),
    })
    .nullable()
    .describe('The call that the event makes or answers'),
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
    .array(z.object({ index, id: eventId, why: z.enum(['forgotten', 'dropped', 'not for it']) }))
    .describe('Events of the branch that the model did not see'),
  ...subagentFields,
});
