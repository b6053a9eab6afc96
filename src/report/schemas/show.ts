import { z } from 'zod';
import { branch, conversation, eventId, formatVersion, index, seconds } from './common.ts';

const event = z.object({ index, id: eventId });

export const showDocument = z.object({
  format_version: formatVersion,
  conversation,
  index,
  file: z.string().describe('Relative to the conversation'),
  bytes: z.int(),
  branch,
  forgotten_by: eventId.nullable().describe('The condensation that took it from the model'),
  parent: event.nullable(),
  children: z.array(event),
  response: z
    .object({
      id: z.string(),
      events: z.array(event).describe('What the response consists of'),
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
    })
    .nullable()
    .describe('The call that it makes, or answers'),
  event: z.looseObject({}).describe('The event as its file has it, byte for byte on one line'),
});

export const viewDocument = z.object({
  format_version: formatVersion,
  conversation,
  at: event.describe('The event that was asked about'),
  upto: event.nullable().describe('The last event that the model could see'),
  items: z.array(
    z.object({
      index,
      id: z.string().describe('Of a summary, the id that the SDK gives it'),
      kind: z.string(),
      is_summary: z.boolean().describe('The summary that the condensation of this index put in'),
      characters: z.int().describe('UTF-16 units of text'),
      about: z.string(),
    }),
  ),
  characters: z.int(),
  hidden: z
    .array(z.object({ index, id: eventId, why: z.enum(['forgotten', 'dropped', 'not for it']) }))
    .describe('Events of the branch that it did not see'),
});
