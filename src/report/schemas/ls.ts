import { z } from 'zod';
import {
  coverage,
  factSource,
  formatVersion,
  lease,
  outcome,
  reason,
  seconds,
  time,
} from './common.ts';
import { subagentFields } from './subagents.ts';

const { with_subagents: _, ...omitIncluded } = subagentFields;

export const lsItem = z.object({
  id: z.string(),
  path: z.string().describe('Absolute path'),
  title: z.string().nullable().describe('The title, else the user’s first words'),
  status: z.string().nullable().describe('execution_status'),
  outcome,
  reason,
  model: z.string().nullable().describe('The agent’s model'),
  workspace: z.string().nullable().describe('The agent’s working directory'),
  events: z.int(),
  bytes: z.int().describe('Size of all event files'),
  errors: z.int().describe('Events that report a failure'),
  unreadable: z.int().describe('Events that could not be read'),
  unreadable_files: z
    .array(z.string())
    .describe(
      "Which of base_state.json (status, model, cost) and meta.json (title) can't be read: null is then not known",
    ),
  started: time.nullable(),
  last_activity: time.nullable(),
  seconds: seconds
    .nullable()
    .describe('Time from the first event to the last, without the time across jumps of the clock'),
  clock_jumps: z.int().describe('How often the clock was changed'),
  cost: z.number().nullable().describe('In US dollars; null if it is not known'),
  sources: z
    .object({
      status: factSource.nullable(),
      model: factSource.nullable(),
      usage: factSource.nullable(),
    })
    .describe('Where each is from; null if it is not known'),
  coverage: z.object({
    events: coverage.describe('Events that could be read'),
    usage: coverage.describe('Responses of the model whose tokens are known'),
    cost: coverage.describe('Responses of the model whose cost is known'),
  }),
  lease: lease.nullable(),
  parent: z
    .string()
    .optional()
    .describe(
      'Id of the conversation that it is stored in, or that started it according to meta.json. Left out if none is known',
    ),
  depth: z
    .int()
    .optional()
    .describe('With --tree: 0, or 1 below the conversation before it in the list, and so on'),
  ...omitIncluded,
});

export const lsDocument = z.object({
  format_version: formatVersion,
  roots: z.array(z.string()).describe('The folders that were searched'),
  items: z.array(lsItem),
  totals: z
    .object({
      conversations: z.int(),
      events: z.int(),
      errors: z.int().describe('Events that report a failure'),
      unreadable: z.int().describe('Events that could not be read'),
      tokens: z.int().nullable().describe('Tokens of prompts and responses; null if not known'),
      cost: z.number().nullable().describe('In US dollars; null if it is not known'),
      failed: z.int().describe('Conversations whose outcome is error or stuck'),
      outcomes: z
        .record(z.string(), z.int())
        .describe('How many conversations have each outcome; without those that none has'),
      coverage: z.object({
        usage: coverage.describe('Responses of the model whose tokens are known'),
        cost: coverage.describe('Responses of the model whose cost is known'),
      }),
    })
    .describe('What the listed conversations add up to'),
});
