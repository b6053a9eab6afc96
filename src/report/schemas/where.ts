import { z } from 'zod';
import { formatVersion } from './common.ts';

export const whereDocument = z.object({
  format_version: formatVersion,
  roots: z.array(
    z.object({
      path: z.string().describe('Absolute'),
      why: z.string().describe('What makes it a root'),
      exists: z.boolean(),
      conversations: z.int(),
      others: z.int().describe('Entries that are no conversations'),
      problem: z.string().nullable().describe('Why it can’t be looked into'),
    }),
  ),
  latest: z.string().nullable().describe('What @latest stands for: an absolute path'),
});
