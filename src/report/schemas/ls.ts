import { z } from 'zod';
import { formatVersion, seconds, timestamp } from './common.ts';

export const lsItem = z.object({
  id: z.string(),
  path: z.string().describe('Absolute'),
  title: z.string().nullable().describe('Its title, else the first words that the user said'),
  status: z.string().nullable().describe('execution_status of the state'),
  model: z.string().nullable().describe('Of the agent'),
  events: z.int(),
  bytes: z.int().describe('Of all event files'),
  errors: z.int().describe('Events that tell of a failure'),
  unreadable: z.int().describe('Events that could not be read'),
  started: timestamp.nullable(),
  last_activity: timestamp.nullable(),
  seconds: seconds.nullable().describe('From the first event to the last'),
  cost: z.number().nullable().describe('In US dollars'),
});

export const lsDocument = z.object({
  format_version: formatVersion,
  roots: z.array(z.string()).describe('The folders looked into'),
  items: z.array(lsItem),
});
