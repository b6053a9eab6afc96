import { z } from 'zod';
import {
  clockJump,
  conversation,
  coverage,
  factSource,
  formatVersion,
  index,
  lease,
  seconds,
  skipped,
  time,
} from './common.ts';
import { subagentFields } from './subagents.ts';

const tokens = {
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  cache_read_tokens: z
    .int()
    .describe('Tokens of the prompt that were read from the provider’s cache'),
  cache_write_tokens: z.int(),
  reasoning_tokens: z.int(),
};
/** Null where the tokens of a usage id are not stored. */
const tokensIfStored = {
  prompt_tokens: tokens.prompt_tokens.nullable(),
  completion_tokens: tokens.completion_tokens.nullable(),
  cache_read_tokens: tokens.cache_read_tokens.nullable(),
  cache_write_tokens: tokens.cache_write_tokens.nullable(),
  reasoning_tokens: tokens.reasoning_tokens.nullable(),
};
const characters = z.int().describe('Length of the text, in UTF-16 units');
const cost = z.number().describe('In US dollars');

export const modelStep = z.object({
  response_id: z.string(),
  index: index.describe('Index of its first event'),
  calls: z.int(),
  did: z
    .array(z.object({ index, tool: z.string().nullable(), about: z.string() }))
    .describe('Its messages, calls and condensations, each in its own words'),
  waited_seconds: seconds.nullable().describe('Time spent waiting for the response, by timestamps'),
  latency_seconds: seconds.nullable().describe('The recorded latency'),
  tokens: z.object(tokens).nullable(),
  cost: cost.nullable(),
});

export const statsDocument = z.object({
  format_version: formatVersion,
  conversation,
  status: z.string().nullable().describe('execution_status'),
  model: z.string().nullable().describe('The agent’s model'),
  workspace: z.string().nullable().describe('The agent’s working directory'),
  max_iterations: z.number().nullable(),
  sources: z
    .object({
      status: factSource.nullable(),
      model: factSource.nullable(),
      usage: factSource.nullable(),
    })
    .describe('Where each is from; null if it is not known'),
  lease: lease.nullable(),
  events: z.int(),
  bytes: z.int(),
  errors: z.int().describe('Events that report a failure'),
  kinds: z.record(z.string(), z.int()).describe('Class name → number of events'),
  time: z.object({
    from: time.nullable().describe('Time of the first event'),
    to: time.nullable().describe('Time of the last event'),
    seconds: seconds
      .nullable()
      .describe('From the first event to the last, without the time across jumps of the clock'),
    model_seconds: seconds.describe(
      'Time spent waiting for the model: the recorded latencies, else by timestamps',
    ),
    tools_seconds: seconds.describe('Time with at least one running call'),
    other_seconds: seconds.describe('The rest: waiting for the user, paused, or between two runs'),
    jumps: z
      .array(clockJump)
      .describe('Where the clock was changed. The time across them is in none of the numbers'),
  }),
  usage: z
    .array(
      z.object({
        usage_id: z.string(),
        model: z.string(),
        steps: z.int().describe('Responses that are listed'),
        ...tokensIfStored,
        cost,
        latency_seconds: seconds.nullable(),
      }),
    )
    .describe('By usage id; sources.usage says where it is from'),
  steps: z.array(modelStep).describe('Responses of the model, in index order or in that of --sort'),
  tools: z.array(
    z.object({
      tool: z.string(),
      calls: z.int(),
      answered: z.int(),
      failed: z.int(),
      unanswered: z.int(),
      unknown: z
        .int()
        .describe(
          'Calls without an answer that can be read, where a lost event could be the answer',
        ),
      seconds: z
        .object({ total: seconds, median: seconds, p95: seconds, longest: seconds })
        .nullable(),
      coverage: coverage.describe('Answered calls whose duration is known'),
    }),
  ),
  loops: z
    .object({
      count: z.int(),
      calls: z.int().describe('Calls that are part of a loop'),
      tools: z
        .array(z.object({ tool: z.string(), calls: z.int() }))
        .describe('These calls by tool, most first'),
    })
    .describe('What calls --loops lists: the same calls, or the same error, in a row'),
  context: z
    .object({
      characters,
      groups: z
        .array(
          z.object({
            kind: z.string(),
            tool: z.string().nullable(),
            events: z.int(),
            characters,
          }),
        )
        .describe('By kind and tool, the largest first'),
      largest: z
        .array(
          z.object({
            index,
            id: z.string(),
            kind: z.string(),
            tool: z.string().nullable(),
            characters,
            about: z.string(),
          }),
        )
        .describe('The largest events'),
      unknown: z.string().nullable().describe('What is not known of the branch'),
    })
    .describe('What fills the context: the events that the model sees at the end'),
  coverage: z.object({
    events: coverage.describe('Events that could be read'),
    usage: coverage.describe('Responses of the model whose tokens are known'),
    cost: coverage.describe('Responses of the model whose cost is known'),
    time: coverage.describe('Steps from one event to the next that no jump of the clock is in'),
  }),
  complete: z.boolean(),
  skipped,
  ...subagentFields,
  sum: z
    .object({
      conversations: z
        .array(
          z.object({
            id: z.string(),
            depth: z.int().describe('0 for this conversation, 1 for its subagents'),
            events: z.int(),
            bytes: z.int(),
            errors: z.int(),
            tokens: z.object(tokens).nullable(),
            cost: cost.nullable(),
          }),
        )
        .describe('Each with what it used itself. null if that is not known'),
      copied: z
        .object({ ...tokens, cost })
        .describe('What parents record of subagents that have no record of their own'),
      total: z.object({ events: z.int(), bytes: z.int(), errors: z.int(), ...tokens, cost }),
      coverage: z.object({
        known: z.int().describe('For how many conversations the usage is known'),
        conversations: z.int(),
        events: coverage.describe('Events of all of them that could be read'),
        usage: coverage.describe('Responses of all of them whose tokens are known'),
        cost: coverage.describe('Responses of all of them whose cost is known'),
        is_at_least: z.boolean().describe('Tokens and cost are at least those of the total'),
      }),
    })
    .optional()
    .describe('With --subagents: this conversation and its subagents, each counted once'),
});
