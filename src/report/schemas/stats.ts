import { z } from 'zod';
import { conversation, formatVersion, index, seconds, skipped, timestamp } from './common.ts';

const tokens = {
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  cache_read_tokens: z.int().describe('Of the prompt, read from the provider’s cache'),
  cache_write_tokens: z.int(),
  reasoning_tokens: z.int(),
};
const cost = z.number().describe('In US dollars');

export const statsDocument = z.object({
  format_version: formatVersion,
  conversation,
  status: z.string().nullable().describe('execution_status of the state'),
  events: z.int(),
  bytes: z.int(),
  errors: z.int().describe('Events that tell of a failure'),
  kinds: z.record(z.string(), z.int()).describe('Class name → events'),
  time: z.object({
    from: timestamp.nullable(),
    to: timestamp.nullable(),
    model_seconds: seconds.describe(
      'As the state tells it, else from what the model had to answer to its response',
    ),
    tools_seconds: seconds.describe('With at least one call at work'),
    other_seconds: seconds,
  }),
  usage: z
    .array(
      z.object({
        usage_id: z.string(),
        model: z.string(),
        steps: z.int(),
        ...tokens,
        cost,
        latency_seconds: seconds.nullable(),
      }),
    )
    .describe('As the state tells it'),
  steps: z
    .array(
      z.object({
        response_id: z.string(),
        index: index.describe('Of its first event'),
        calls: z.int(),
        waited_seconds: seconds.nullable().describe('By timestamps'),
        latency_seconds: seconds.nullable().describe('As the state tells it'),
        tokens: z.object(tokens).nullable(),
        cost: cost.nullable(),
      }),
    )
    .describe('Responses of the model, in index order'),
  tools: z.array(
    z.object({
      tool: z.string(),
      calls: z.int(),
      answered: z.int(),
      failed: z.int(),
      unanswered: z.int(),
      seconds: z
        .object({ total: seconds, median: seconds, p95: seconds, longest: seconds })
        .nullable(),
    }),
  ),
  complete: z.boolean(),
  skipped,
});
