import { z } from 'zod';
import { formatVersion } from './common.ts';

export const listedRoot = z.object({
  path: z.string().describe('Absolute path'),
  why: z.string().describe('What makes it a root'),
  exists: z.boolean(),
  conversations: z.int(),
  others: z.int().describe('How many entries are not conversations'),
  problem: z.string().nullable().describe('Why the folder can’t be listed'),
});

export const whereDocument = z.object({
  format_version: formatVersion,
  roots: z.array(listedRoot),
  latest: z.string().nullable().describe('Absolute path of the conversation that @latest means'),
});
