import { z } from 'zod';
import { formatVersion, seconds, timestamp } from './common.ts';
import { subagentFields } from './subagents.ts';

const { with_subagents: _, ...omitIncluded } = subagentFields;

export const lsItem = z.object({
  id: z.string(),
  path: z.string().describe('Absolute path'),
  title: z.string().nullable().describe('The title, else the user’s first words'),
  status: z.string().nullable().describe('execution_status in base_state.json'),
  model: z.string().nullable().describe('The agent’s model'),
  events: z.int(),
  bytes: z.int().describe('Size of all event files'),
  errors: z.int().describe('Events that report a failure'),
  unreadable: z.int().describe('Events that could not be read'),
  started: timestamp.nullable(),
  last_activity: timestamp.nullable(),
  seconds: seconds.nullable().describe('Time from the first event to the last'),
  cost: z.number().nullable().describe('In US dollars'),
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
});
